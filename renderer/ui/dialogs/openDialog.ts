/** Whether a dialog is open: shortcuts behind it are then disabled. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}
