/** Labels of buttons that are used in many places. */
export const actions = {
  close: 'Close',
  cancel: 'Cancel',
  done: 'Done',
  keep: 'Keep',
  undo: 'Undo',
  back: 'Back',
  dismiss: 'Dismiss',
  show: 'Show',
  hide: 'Hide',
  keychainDoctor: 'Keychain doctor',
  checkAgain: 'Check again',
  copy: 'Copy',
  signIn: 'Sign in',
  lock: 'Lock',
}
