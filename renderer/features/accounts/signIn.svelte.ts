import type { Account, Credentials, RefusalCode } from '../../../preload/contract.ts'
import { type MailPurpose, serverSignInMethods } from '../../../shared/lists/accounts.ts'
import { ask, codeOf } from '../../bridge.ts'
import { addressFault } from './serverAddress.ts'
import { StoredKeys } from './storedKeys.svelte.ts'

const [email, ...others] = serverSignInMethods
/** The methods in the order in which they are offered. */
export const signInMethods = [email, 'register', ...others] as const
export type SignInMethod = (typeof signInMethods)[number]

/** The methods for signing in again. Anonymous accounts have no credential and cannot be signed in to again. */
export const signInAgainMethods = signInMethods.filter((value) => value !== 'register' && value !== 'anonymous')

/** The state of a sign-in or registration form. The secret is dropped when the server has accepted it, and when the form closes. */
export class SignIn {
  readonly stored = new StoredKeys()
  url = $state('')
  appId = $state('')
  email = $state('')
  secret = $state('')
  way = $state<SignInMethod>('email')
  /** True if the user pastes a key although stored keys are offered. */
  pasting = $state(false)
  busy = $state(false)
  /** The server has sent a mail. Signing in works after its link was opened. */
  confirming = $state(false)
  /** The address to which the server was asked to send another mail. */
  mailed = $state<string | null>(null)
  refusal = $state.raw<RefusalCode | null>(null)
  addressFault = $state.raw<RefusalCode | null>(null)

  /** Whether the form uses a stored key instead of a pasted one. */
  readonly fromStore = $derived(this.way === 'api-key' && this.stored.any && !this.pasting)

  readonly complete = $derived.by(() => {
    if (this.url.trim() === '' || this.appId.trim() === '') return false
    if (this.way === 'anonymous') return true
    if (this.fromStore) return this.stored.chosen !== null
    return this.secret !== '' && (this.email.trim() !== '' || this.way === 'api-key' || this.way === 'custom-token')
  })

  constructor(account?: Account) {
    this.url = account?.server?.url ?? ''
    this.appId = account?.server?.appId ?? ''
    this.email = account?.email ?? ''
    if (account?.method === 'api-key' || account?.method === 'custom-token') this.way = account.method
  }

  /** Called when the field is left. While the user types, every prefix of an address would be reported as wrong. */
  checkAddress(): void {
    this.addressFault = this.url.trim() === '' ? null : addressFault(this.url)
  }

  /** @returns true once an account is open */
  async submit(): Promise<boolean> {
    this.checkAddress()
    if (this.busy || !this.complete || this.addressFault !== null) return false
    return this.#try(() => this.#send())
  }

  /** Asks the server to mail another link to the typed address. */
  async sendMail(purpose: MailPurpose): Promise<void> {
    if (this.busy) return
    const email = this.email.trim()
    const server = { url: this.url.trim(), appId: this.appId.trim() }
    await this.#try(async () => {
      await ask('accounts.sendMail', { server, email, purpose })
      this.mailed = email
      return true
    })
  }

  async #try(work: () => Promise<boolean>): Promise<boolean> {
    this.busy = true
    this.refusal = null
    this.mailed = null
    try {
      return await work()
    } catch (error) {
      this.refusal = codeOf(error)
      return false
    } finally {
      this.busy = false
    }
  }

  /** Switches between pasting a key and choosing a stored one. The pasted text is cleared, so that it does not stay hidden in memory. */
  changeSource(): void {
    this.pasting = !this.pasting
    this.forget()
  }

  forget(): void {
    this.secret = ''
  }

  async #send(): Promise<boolean> {
    const server = { url: this.url.trim(), appId: this.appId.trim() }
    const email = this.email.trim()
    if (this.way === 'register') {
      const { outcome } = await ask('accounts.register', { server, email, password: this.secret })
      this.confirming = outcome === 'confirm'
      if (this.confirming) this.way = 'email'
      this.forget()
      return outcome === 'signed-in'
    }
    await ask('accounts.signIn', { server, credentials: this.#credentials(this.way, email) })
    this.forget()
    return true
  }

  #credentials(way: Exclude<SignInMethod, 'register'>, email: string): Credentials {
    // A password may begin or end with a space. Pasted keys and tokens are trimmed.
    if (way === 'email') return { method: 'email', email, password: this.secret }
    const key = this.fromStore ? this.stored.chosen : null
    if (key !== null) return { method: 'stored-key', accountId: key.accountId, keyId: key.id }
    if (way === 'api-key') return { method: 'api-key', value: this.secret.trim() }
    return way === 'custom-token' ? { method: 'custom-token', token: this.secret.trim() } : { method: 'anonymous' }
  }
}
