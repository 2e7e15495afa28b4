import { createContext } from 'svelte'
import type { Account, AppState, Colour, KeychainKind, RefusalCode, Theme } from '../preload/contract.ts'
import { ask, codeOf, hear, Refused } from './bridge.ts'

/** Where the window is, beyond what the accounts themselves decide. */
export type Place = 'keys' | 'add-account' | 'sign-in'

/** What main says about the app as a whole, kept up to date by its events. Holds names, never a value. */
export class Session {
  state = $state.raw<AppState | null>(null)
  /** Why the state itself could not be had: the bridge broke, not the vault. */
  refusal = $state.raw<RefusalCode | null>(null)
  place = $state<Place>('keys')
  retrying = $state(false)

  readonly account: Account | null = $derived.by(() => {
    const state = this.state
    return state?.accounts.find((account) => account.id === state.current) ?? null
  })

  /** Why there is nothing to show: the vault is closed, or the state itself could not be had. Null while it is open or not known yet. */
  readonly closed: RefusalCode | null = $derived.by(() => {
    if (this.refusal !== null) return this.refusal
    return this.state?.vault.status === 'closed' ? this.state.vault.code : null
  })

  /** Why nothing can be changed in an open vault; null when it can. */
  readonly readOnly: RefusalCode | null = $derived.by(() => {
    const vault = this.state?.vault
    return vault?.status === 'open' ? vault.readOnly : null
  })

  /** Whether the system’s keychain still has copies that it was to let go of. */
  readonly leftBehind: boolean = $derived(this.state?.vault.status === 'open' && this.state.vault.leftBehind)

  /** Where values are kept; what a closed vault is kept in is not known. */
  readonly keychain: KeychainKind = $derived.by(() => {
    const vault = this.state?.vault
    return vault?.status === 'open' ? vault.keychain : 'os'
  })

  /** What to call that: a keychain with a passphrase on top of it is the system's keychain still. */
  readonly store: 'os' | 'passphrase' = $derived(this.keychain === 'passphrase' ? 'passphrase' : 'os')

  /** Starts hearing and asks once; the returned function stops hearing. */
  open(): () => void {
    const stop = hear('app.changed', (state) => {
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

  /** Tries to open the vault again: one that is closed, or one that could be opened for reading only. */
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

  /** Throws `Refused`. What is in sight goes with the window's process, which main replaces. */
  async lock(): Promise<void> {
    await ask('app.lock', null)
  }

  /** Throws `Refused`: `passphrase-wrong` also when main answers with a vault that stayed closed for it. */
  async unlock(passphrase: string): Promise<void> {
    const state = await ask('app.unlock', { passphrase })
    if (state.vault.status === 'closed' && state.vault.code === 'passphrase-wrong') throw new Refused('passphrase-wrong')
    this.state = state
    this.refusal = null
  }

  /** From the system's keychain to a file under a passphrase; on a first start there is nothing to move. Throws `Refused`. */
  async usePassphrase(passphrase: string): Promise<void> {
    this.state = await ask('keychain.usePassphrase', { passphrase })
    this.refusal = null
  }

  /** Asks for a passphrase beside the system's keychain from now on. Throws `Refused`. */
  async guard(passphrase: string): Promise<void> {
    this.state = await ask('keychain.guard', { passphrase })
  }

  /** And back. Throws `Refused`. */
  async useOs(): Promise<void> {
    this.state = await ask('keychain.useOs', null)
  }

  /** Sets files that do not fit the keychain aside and starts anew. Throws `Refused`. */
  async repair(): Promise<void> {
    this.state = await ask('app.repair', null)
    this.refusal = null
  }

  /** Throws `Refused`. */
  async setTheme(theme: Theme): Promise<void> {
    this.state = await ask('app.setTheme', { theme })
  }

  /** What an account is called, and its colour. Throws `Refused`. */
  async mark(id: string, label: string | null, colour: Colour | null): Promise<void> {
    this.state = await ask('accounts.mark', { id, label, colour })
  }

  /** Everything from a backup, into this empty vault. Returns why its settings could not be kept; null if they are. Throws `Refused`. */
  async restore(ticket: string, passphrase: string): Promise<RefusalCode | null> {
    const { state, unkept } = await ask('moving.restore', { ticket, passphrase })
    this.state = state
    this.place = 'keys'
    return unkept
  }

  /** Stores values of a file, and goes to their account. Throws `Refused`. @returns whether they are stored: it may have been stopped */
  async import(ticket: string, chosen: number[]): Promise<boolean> {
    const answer = await ask('moving.import', { ticket, chosen })
    if (answer.outcome === 'cancelled') return false
    this.state = answer.state
    this.place = 'keys'
    return true
  }

  /** To another account; one that was signed out is asked for first. Throws `Refused`. */
  async switchTo(id: string): Promise<void> {
    const { signedIn } = await ask('accounts.switch', { id })
    await this.refresh()
    this.place = signedIn ? 'keys' : 'sign-in'
  }

  /** After an account was opened: back to the keys, with the state as it now is. */
  async arrive(): Promise<void> {
    await this.refresh()
    this.place = 'keys'
  }
}

export const [useSession, provideSession] = createContext<Session>()
