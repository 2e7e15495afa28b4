import { createContext } from 'svelte'
import type { Account, AppState, Output, RefusalCode } from '../preload/contract.ts'
import type { Colour } from '../shared/lists/accounts.ts'
import type { KeychainKind } from '../shared/lists/keychain.ts'
import type { KeyView, Theme } from '../shared/lists/settings.ts'
import { ask, codeOf, subscribe, Refused } from './bridge.ts'

/** Which screen is shown, if the state of the accounts does not decide it. */
export type Place = 'keys' | 'add-account' | 'sign-in'

/** The state of the whole app as main reports it, updated by events. Holds names, never a value. */
export class Session {
  state = $state.raw<AppState | null>(null)
  /** Why the state itself could not be loaded: the bridge failed, not the vault. */
  refusal = $state.raw<RefusalCode | null>(null)
  place = $state<Place>('keys')
  retrying = $state(false)
  /** The id of a key that was just stored: the list selects it as soon as it contains it. Null: no key was stored. */
  arrivedKeyId = $state.raw<string | null>(null)

  readonly account: Account | null = $derived.by(() => {
    const state = this.state
    return state?.accounts.find((account) => account.id === state.current) ?? null
  })

  /**
   * Why there is nothing to show: the vault is closed, or the state could not be loaded. Null while the vault is open or the state unknown.
   */
  readonly closed: RefusalCode | null = $derived.by(() => {
    if (this.refusal !== null) return this.refusal
    return this.state?.vault.status === 'closed' ? this.state.vault.code : null
  })

  /** Why nothing can be changed in an open vault. Null if changes are possible. */
  readonly readOnly: RefusalCode | null = $derived.by(() => {
    const vault = this.state?.vault
    return vault?.status === 'open' ? vault.readOnly : null
  })

  /** Whether the system’s keychain still has copies that should have been deleted from it. */
  readonly leftBehind: boolean = $derived(this.state?.vault.status === 'open' && this.state.vault.leftBehind)

  /** Where values are stored. Not known for a closed vault. */
  readonly keychain: KeychainKind = $derived.by(() => {
    const vault = this.state?.vault
    return vault?.status === 'open' ? vault.keychain : 'os'
  })

  /** The name to use for it: a keychain with a passphrase on top is still the system's keychain. */
  readonly store: 'os' | 'passphrase' = $derived(this.keychain === 'passphrase' ? 'passphrase' : 'os')

  /** Whether the keys of all accounts are listed, and not only those of the current one. */
  readonly listsAll: boolean = $derived(this.state?.keyView.scope === 'all')

  /** Subscribes and loads the state once. Call the returned function to unsubscribe. */
  open(): () => void {
    const stop = subscribe('app.changed', (state) => {
      this.state = state
    })
    void this.refresh()
    return stop
  }

  async refresh(): Promise<void> {
    try {
      this.state = await ask('app.state', null)
      this.refusal = null
    } catch (error) {
      this.refusal = codeOf(error)
    }
  }

  /** Tries to open a vault again that is closed or could only be opened read-only. */
  async retry(): Promise<void> {
    this.retrying = true
    try {
      this.state = await ask('app.retry', null)
      this.refusal = null
    } catch (error) {
      this.refusal = codeOf(error)
    } finally {
      this.retrying = false
    }
  }

  /** @throws Refused. The window's process ends with its content, and main starts a new one. */
  async lock(): Promise<void> {
    await ask('app.lock', null)
  }

  /** @throws Refused: `passphrase-wrong` also if main answers with a vault that stayed closed for it */
  async unlock(passphrase: string): Promise<void> {
    const state = await ask('app.unlock', { passphrase })
    if (state.vault.status === 'closed' && state.vault.code === 'passphrase-wrong') throw new Refused('passphrase-wrong')
    this.state = state
    this.refusal = null
  }

  /** Migrates from the system's keychain to a file under a passphrase. On a first start there is nothing to migrate. @throws Refused */
  async usePassphrase(passphrase: string): Promise<void> {
    this.state = await ask('keychain.usePassphrase', { passphrase })
    this.refusal = null
  }

  /** Adds a passphrase to the system's keychain. @throws Refused */
  async guard(passphrase: string): Promise<void> {
    this.state = await ask('keychain.addPassphrase', { passphrase })
  }

  /** Migrates back to the system's keychain. @throws Refused */
  async useOs(): Promise<void> {
    this.state = await ask('keychain.useOs', null)
  }

  /** Sets files that do not match the keychain aside and starts with a new vault. @throws Refused */
  async repair(): Promise<void> {
    this.state = await ask('app.repair', null)
    this.refusal = null
  }

  /** @throws Refused */
  async setTheme(theme: Theme): Promise<void> {
    this.state = await ask('app.setTheme', { theme })
  }

  /** Lists the keys of all accounts. @throws Refused */
  async showAll(): Promise<void> {
    await this.#setKeyView({ scope: 'all' })
    this.place = 'keys'
  }

  /** @throws Refused */
  async groupKeys(grouping: KeyView['grouping']): Promise<void> {
    await this.#setKeyView({ grouping })
  }

  /** Sets an account's label and colour. @throws Refused */
  async mark(id: string, label: string | null, colour: Colour | null): Promise<void> {
    this.state = await ask('accounts.setLabel', { id, label, colour })
  }

  /**
   * Restores everything from a backup into this empty vault. @returns why its settings could not be stored; null if they were. @throws
   * Refused
   */
  async restore(ticket: string, passphrase: string): Promise<RefusalCode | null> {
    const { state, unkept } = await ask('transfer.restore', { ticket, passphrase })
    this.state = state
    this.place = 'keys'
    return unkept
  }

  /**
   * Stores values of a file and switches to their account. @returns whether they were stored: the import may have been stopped. @throws
   * Refused
   */
  async import(ticket: string, chosen: number[]): Promise<boolean> {
    const answer = await ask('transfer.import', { ticket, chosen })
    if (answer.outcome === 'cancelled') return false
    this.state = answer.state
    this.place = 'keys'
    return true
  }

  /** Stores a value from elsewhere, switches to its account and selects its key. @throws Refused */
  async storeKey(name: string, value: string): Promise<Output<'values.store'>> {
    const stored = await ask('values.store', { name, value })
    this.state = stored.state
    this.place = 'keys'
    this.arrivedKeyId = stored.key.id
    return stored
  }

  /** Switches to an account and lists its keys. If it was signed out, the sign-in form is shown first. @throws Refused */
  async switchTo(id: string): Promise<void> {
    const { signedIn } = await ask('accounts.switch', { id })
    if (this.listsAll) await this.#setKeyView({ scope: 'account' })
    else await this.refresh()
    this.place = signedIn ? 'keys' : 'sign-in'
  }

  /** Shows the sign-in form of an account. What is listed stays as it is. @throws Refused */
  async signInTo(id: string): Promise<void> {
    if (id !== this.state?.current) {
      await ask('accounts.switch', { id })
      await this.refresh()
    }
    this.place = 'sign-in'
  }

  accountOf(id: string): Account | null {
    return this.state?.accounts.find((account) => account.id === id) ?? null
  }

  /** Called after an account was opened: shows its keys and reloads the state. */
  async arrive(): Promise<void> {
    await this.refresh()
    this.place = 'keys'
  }

  async #setKeyView(change: Partial<KeyView>): Promise<void> {
    if (this.state !== null) this.state = await ask('app.setKeyView', { ...this.state.keyView, ...change })
  }
}

export const [useSession, provideSession] = createContext<Session>()
