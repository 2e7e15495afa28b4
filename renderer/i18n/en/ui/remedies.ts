import type { Remedy } from '../../remedies.ts'

/** The label of the button beside a refusal. */
export const remedies: Record<Remedy, string> = {
  'try-again': 'Try again',
  sync: 'Sync now',
  'sign-in': 'Sign in again',
  unlock: 'Unlock',
  'confirm-mail': 'Send the mail again',
  'reset-mail': 'Choose a new password by mail',
}
