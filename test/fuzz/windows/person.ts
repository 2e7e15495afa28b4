/** The passphrase that the person at the window uses. */
export const passphrase = 'correct horse battery staple'

interface State {
  readonly vault: { status: string; code?: string }
  readonly accounts: readonly { id: string; kind: string; signedIn: boolean }[]
  readonly current: string | null
}

/** Opens the vault again, or creates keys in it, after messages closed or emptied it: there has to be something to find. */
export class Person {
  readonly #ask: (name: string, input: unknown) => Promise<unknown>

  constructor(ask: (name: string, input: unknown) => Promise<unknown>) {
    this.#ask = ask
  }

  async restore(): Promise<void> {
    let state = await this.#value<State>('app.state', null)
    if (state?.vault.status === 'closed') {
      if (state.vault.code === 'passphrase-needed') await this.#ask('app.unlock', { passphrase })
      state = await this.#value<State>('app.retry', null)
      if (state?.vault.code === 'passphrase-needed') state = await this.#value<State>('app.unlock', { passphrase })
    }
    if (state?.vault.status !== 'open') return
    const local = state.accounts.find(({ kind }) => kind === 'local')
    if (local?.signedIn !== true) await this.#ask('accounts.openLocal', null)
    else if (state.current !== local.id) await this.#ask('accounts.switch', { id: local.id })
    const accountId = (await this.#value<State>('app.state', null))?.current ?? ''
    const list = await this.#value<{ keys: readonly { id: string; value: string }[] }>('keys.list', null)
    const here = list?.keys.filter(({ value }) => value === 'here') ?? []
    const [first] = here
    if (first !== undefined) await this.#ask('keys.reveal', { accountId, id: first.id })
    if (here.length < 3) await this.#ask('keys.create', { accountId, name: `made-${Math.random().toString(36).slice(2, 8)}` })
    if ((list?.keys.length ?? 0) > 15) await this.#ask('keys.disable', { accountId, id: list?.keys[0]?.id ?? '' })
  }

  async #value<T>(name: string, input: unknown): Promise<T | null> {
    const told = (await this.#ask(name, input)) as { ok: boolean; value: T } | null
    return told?.ok === true ? told.value : null
  }
}
