import type { RefusalCode } from '../../preload/contract.ts'

/** The action of the button beside a refusal. */
export type Remedy = 'try-again' | 'sync' | 'sign-in' | 'unlock' | 'confirm-mail' | 'reset-mail'

/** The remedies of the refusals that have one, if the place where they are shown can offer it. */
export const remedies: Partial<Record<RefusalCode, Remedy>> = {
  'signed-out': 'sign-in',
  'session-ended': 'sign-in',
  'email-unconfirmed': 'confirm-mail',
  'wrong-credentials': 'reset-mail',
  internal: 'try-again',
  locked: 'unlock',
  'profile-unusable': 'try-again',
  'profile-corrupt': 'try-again',
  'profile-newer': 'try-again',
  'disk-full': 'try-again',
  'keychain-locked': 'try-again',
  'keychain-absent': 'try-again',
  'keychain-unavailable': 'try-again',
  'keychain-denied': 'try-again',
  'keychain-timeout': 'try-again',
  'keychain-mismatch': 'try-again',
  'keychain-damaged': 'try-again',
  'keychain-reset': 'try-again',
  'keychain-library-missing': 'try-again',
  'key-not-found': 'sync',
  'creation-unsettled': 'sync',
  'approval-expired': 'try-again',
  'server-unreachable': 'try-again',
  'server-untrusted': 'try-again',
  'server-timeout': 'try-again',
  'server-error': 'try-again',
  'answer-invalid': 'try-again',
}
