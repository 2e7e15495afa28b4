import type { Account, Credentials, RefusalCode } from '../../../preload/contract.ts'
import { ask, codeOf } from '../../bridge.ts'
import { faultOfAddress } from './serverAddress.ts'
import { StoredKeys } from './storedKeys.svelte.ts'

export type Way = 'email' | 'register' | 'api-key' | 'custom-token' | 'anonymous'

export const ways: readonly Way[] = ['email', 'register', 'api-key', 'custom-token', 'anonymous']

/** To sign in to an account one has: an anonymous one has nothing to show, and is made anew each time. */
export const waysAgain = ways.filter((value) => value !== 'register' && value !== 'anonymous')

/** What is typed to sign in or register. The secret is dropped as soon as the server took it, and with the form. */
export class SignIn {
  readonly stored = new StoredKeys()
  url = $state('')
  appId = $state('')
  email = $state('')
  secret = $state('')
  way = $state<Way>('email')
  /** A key is pasted although there are stored ones to choose from. */
  pasting = $state(false)
  busy = $state(false)
  /** The server sent a mail: signing in works once its link was followed. */
  confirming = $state(false)
  /** The address for which the server was asked to send another mail. */
  mailed = $state<string | null>(null)
  refusal = $state.raw<RefusalCode | null>(null)
  addressFault = $state.raw<RefusalCode | null>(null)

  /** Whether a stored key is chosen, and none pasted. */
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

  /** Once the field is left: while it is typed, every beginning of an address is wrong. */
  checkAddress(): void {
    this.addressFault = this.url.trim() === '' ? null : faultOfAddress(this.url)
  }

  /** True once an account is open. */
  async submit(): Promise<boolean> {
    this.checkAddress()
    if (this.busy || !this.complete || this.addressFault !== null) return false
    return this.#try(() => this.#send())
  }

  /** Has another link mailed to the address that is typed. */
  async sendMail(purpose: 'confirm' | 'reset'): Promise<void> {
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

  /** Pastes a key instead of choosing a stored one, or the other way round. What was pasted does not wait out of sight. */
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

  #credentials(way: Exclude<Way, 'register'>, email: string): Credentials {
    // A password may begin or end with a space; a key or token that was pasted has none.
    if (way === 'email') return { method: 'email', email, password: this.secret }
    const key = this.fromStore ? this.stored.chosen : null
    if (key !== null) return { method: 'stored-key', accountId: key.accountId, keyId: key.id }
    if (way === 'api-key') return { method: 'api-key', value: this.secret.trim() }
    return way === 'custom-token' ? { method: 'custom-token', token: this.secret.trim() } : { method: 'anonymous' }
  }
}
