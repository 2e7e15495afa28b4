import { basename } from 'node:path'
import type { PaletteState } from '../../preload/palette-contract.ts'
import { labelIn } from '../vault/keys/find-key.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { Refusal, type RefusalCode } from '../vault/refusal.ts'
import { release } from '../vault/release/release.ts'
import { keysWithValue } from '../vault/release/sites.ts'
import type { Vault } from '../vault/session/vault.ts'
import type { Clipboard } from './clipboard.ts'
import type { Target, Typist } from './typist/typist.ts'

interface ChosenKey {
  readonly accountId: string
  readonly id: string
}

/** The palette's window. Hiding it gives the focus back to the window that had it. */
export interface PaletteView {
  show(state: PaletteState): Promise<void>
  hide(): void
  readonly isShown: boolean
}

export interface PaletteParts {
  readonly vault: Vault
  readonly typist: Typist
  readonly clipboard: Clipboard
  readonly view: PaletteView
  readonly theme: () => PaletteState['theme']
  /** Resolves when no opening of the vault is in progress. */
  readonly settled: () => Promise<void>
}

/** How long a palette that a program opened ignores choices, in milliseconds: an Enter in that time was meant for the window below. */
const inputDelayMs = 500

/** Finds a key by typing, then types it into the window that had the focus before the palette opened, or copies it. */
export class Palette {
  readonly #parts: PaletteParts
  #target: Target | null = null
  #typing: Promise<void> | null = null
  /** When a choice is accepted, by `performance.now()`. */
  #inputAllowedAt = 0
  #lock = new AbortController()

  constructor(parts: PaletteParts) {
    this.#parts = parts
  }

  /**
   * Notes which window has the focus, and opens over it. Hides the palette if it is open already.
   * @param askedBy a program can open the palette while a person is typing elsewhere
   */
  async open(askedBy: 'person' | 'program' = 'person'): Promise<void> {
    const { view, typist, settled } = this.#parts
    if (this.#typing !== null) return
    if (view.isShown) return view.hide()
    this.#target = await typist.target()
    await settled()
    this.#inputAllowedAt = askedBy === 'program' ? Infinity : 0
    await view.show(this.state())
    if (askedBy === 'program') this.#inputAllowedAt = performance.now() + inputDelayMs
  }

  state(): PaletteState {
    const { vault, theme } = this.#parts
    const target = this.#target
    const closed = vault.closed
    return {
      theme: theme(),
      closed,
      keys: closed === null ? paletteKeys(vault.opened) : [],
      target: target === null || target.program === null ? null : { program: programName(target.program), title: target.title },
      unavailable: this.#unavailable(),
    }
  }

  /**
   * Hides the palette, gives the focus back and types. A second call meanwhile, as by a repeating key, joins the first.
   * @throws Refusal the reason why nothing can be typed there, before anything leaves the vault; as `release`; as the typist
   */
  type(chosen: ChosenKey): Promise<void> {
    this.#typing ??= this.#type(chosen).finally(() => (this.#typing = null))
    return this.#typing
  }

  /** @returns when the clipboard will be cleared. @throws Refusal as `release` */
  async copy({ accountId, id }: ChosenKey): Promise<{ clearsAt: number }> {
    this.#requireInputAllowed()
    const { vault, clipboard } = this.#parts
    return { clearsAt: await clipboard.copyTemporarily(await release(vault.opened, accountId, id, { purpose: 'copy' })) }
  }

  close(): void {
    this.#parts.view.hide()
  }

  /** To be called when the vault was locked: typing in progress is aborted. @returns when nothing is typed any more */
  async lock(): Promise<void> {
    this.#lock.abort()
    this.#lock = new AbortController()
    await this.#typing?.catch(() => {}) // `type` reports it to its caller
  }

  async #type({ accountId, id }: ChosenKey): Promise<void> {
    const { vault, typist, view } = this.#parts
    this.#requireInputAllowed()
    const [target, lock] = [this.#target, this.#lock.signal]
    const unavailable = this.#unavailable()
    if (unavailable !== null) throw new Refusal(unavailable)
    if (target === null) throw new Refusal('target-none')
    await typist.waitForKeysReleased() // while the palette has the focus: a held key would repeat into the target
    const requester = { kind: 'window', program: target.program ?? '', title: target.title } as const
    const value = await release(vault.opened, accountId, id, { purpose: 'type', requester })
    view.hide()
    await typist.type(value, target, lock)
  }

  /** @throws Refusal `keys-held` */
  #requireInputAllowed(): void {
    if (performance.now() < this.#inputAllowedAt) throw new Refusal('keys-held')
  }

  /** Why nothing can be typed into the target; null if it can. Not into browsers: only the extension knows which site a page is of. */
  #unavailable(): RefusalCode | null {
    const { typist } = this.#parts
    const target = this.#target
    if (typist.unavailable !== null) return typist.unavailable
    if (target === null) return 'target-none'
    return target.browser ? 'target-browser' : null
  }
}

/** Sorted by last use, the latest first, then by name. */
function paletteKeys(unlocked: UnlockedVault): PaletteState['keys'] {
  const accounts = unlocked.cache.accounts()
  const labels = new Map(accounts.map((account) => [account.id, labelIn(unlocked, account)]))
  const uses = new Map(accounts.map(({ id }) => [id, unlocked.cache.lastUses(id)]))
  return keysWithValue(unlocked)
    .map(({ accountId, id, name, enabled, lastFour }) => ({
      ...{ accountId, id, name, enabled, lastFour },
      account: labels.get(accountId) ?? accountId,
      usedAt: uses.get(accountId)?.get(id) ?? null,
    }))
    .sort((one, other) => (other.usedAt ?? 0) - (one.usedAt ?? 0) || one.name.localeCompare(other.name))
}

/** The name of a program, from its path. */
function programName(program: string): string {
  return basename(program.replaceAll('\\', '/')).replace(/\.exe$/i, '')
}
