import { createContext } from 'svelte'
import type { Account, AppState, RefusalCode, Theme } from '../preload/contract.ts'
import { ask, codeOf, hear } from './bridge.ts'

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

  /** Tries to open a closed vault again. */
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

  /** Throws `Refused`. */
  async setTheme(theme: Theme): Promise<void> {
    this.state = await ask('app.setTheme', { theme })
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
