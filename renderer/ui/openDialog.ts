/** Whether any dialog is in sight: what is behind it hears no keys. */
export function dialogInSight(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}
