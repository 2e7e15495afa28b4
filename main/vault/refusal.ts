import { isDiskFull } from '../../shared/system-error.ts'

/** Every way the vault refuses. The window's contract has the same list, and the compiler holds the two together. */
export type RefusalCode =
  | 'input-invalid'
  | 'internal'
  | 'name-invalid'
  | 'name-taken'
  | 'name-mismatch'
  | 'quota-reached'
  | 'key-not-found'
  | 'value-elsewhere'
  | 'value-missing'
  | 'value-lost'
  | 'value-too-large'
  | 'creation-unsettled'
  | 'value-refused'
  | 'value-other-account'
  | 'value-other-key'
  | 'value-other-server'
  | 'value-unproved'
  | 'key-disabled'
  | 'change-not-found'
  | 'not-allowed-anonymous'
  | 'not-allowed-key-session'
  | 'not-allowed-values'
  | 'not-allowed'
  | 'account-not-found'
  | 'account-exists'
  | 'signed-out'
  | 'session-ended'
  | 'wrong-credentials'
  | 'email-invalid'
  | 'email-taken'
  | 'password-invalid'
  | 'email-unconfirmed'
  | 'mail-refused'
  | 'user-disabled'
  | 'provider-off'
  | 'throttled'
  | 'server-url-invalid'
  | 'server-url-insecure'
  | 'server-unconfirmed'
  | 'app-id-invalid'
  | 'app-unknown'
  | 'server-unreachable'
  | 'server-untrusted'
  | 'server-timeout'
  | 'server-error'
  | 'server-redirected'
  | 'answer-invalid'
  | 'answer-too-large'
  | 'keychain-locked'
  | 'keychain-absent'
  | 'keychain-unavailable'
  | 'keychain-denied'
  | 'keychain-timeout'
  | 'keychain-mismatch'
  | 'keychain-damaged'
  | 'keychain-reset'
  | 'keychain-library-missing'
  | 'passphrase-needed'
  | 'passphrase-wrong'
  | 'passphrase-wait'
  | 'passphrase-weak'
  | 'locked'
  | 'profile-unusable'
  | 'profile-corrupt'
  | 'profile-newer'
  | 'disk-full'
  | 'read-only'
  | 'approval-denied'
  | 'approval-expired'
  | 'approval-busy'
  | 'site-invalid'
  | 'site-refused'
  | 'key-ambiguous'
  | 'request-invalid'
  | 'agent-blocked'
  | 'agent-unsupported'
  | 'pairing-needed'
  | 'pairing-refused'
  | 'pairing-attempts'
  | 'browser-unknown'
  | 'browser-unwritable'
  | 'typing-unavailable'
  | 'typing-untypable'
  | 'target-none'
  | 'target-browser'
  | 'target-changed'
  | 'keys-held'
  | 'vault-not-empty'
  | 'backup-invalid'
  | 'backup-newer'
  | 'file-unreadable'
  | 'file-unwritable'
  | 'file-too-large'
  | 'import-invalid'
  | 'import-encrypted'
  | 'stored-limit'
  | 'export-too-soon'
  | 'choice-expired'
  | 'link-invalid'
  | 'update-unreachable'
  | 'update-untrusted'
  | 'update-failed'
  | 'autostart-unavailable'

/**
 * The only error that means something to a person. Its message is its code: no path, no server text, nothing typed.
 * `mayHaveHappened` is true when the server could have acted before the answer went missing: a timeout, a broken or
 * unreadable answer, a 5xx. Whoever asked for a change must then look before saying that nothing was done.
 */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly mayHaveHappened: boolean

  constructor(code: RefusalCode, { mayHaveHappened = false }: { mayHaveHappened?: boolean } = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.mayHaveHappened = mayHaveHappened
  }
}

/** Why a file of ours could not be written. @param other where it is not for a full disk */
export function storageRefusal(error: unknown, other: RefusalCode = 'profile-unusable'): Refusal {
  return error instanceof Refusal ? error : new Refusal(isDiskFull(error) ? 'disk-full' : other)
}

/** The code of anything thrown. What is not a refusal is a fault of ours, and its text stays here. */
export function codeOf(error: unknown): RefusalCode {
  return error instanceof Refusal ? error.code : 'internal'
}
