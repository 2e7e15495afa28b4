import type { UpdatesState } from '../../preload/contract.ts'
import type { Preferences } from '../settings/preferences.ts'
import { codeOf } from '../vault/refusal.ts'

/** Finds, downloads and installs newer versions. Loaded when it is first needed. */
export interface Updater {
  /** @returns the newer version; null if this one is the newest. @throws Refusal `update-…` */
  check(): Promise<string | null>
  /** Downloads what the last check found. @param progress in percent. @throws Refusal `update-…` */
  download(progress: (percent: number) => void): Promise<void>
  /** Ends the app, and starts the newer one. @throws Refusal `update-failed` */
  install(): void
  /** Installs it for the next start; the process must end right after. @throws Refusal `update-failed` */
  installOnExit(): Promise<void>
}

export interface UpdatesParts {
  readonly unavailable: UpdatesState['unavailable']
  readonly load: () => Promise<Updater>
  readonly mode: () => Preferences['updates']
  readonly changed: (state: UpdatesState) => void
  readonly clock: () => number
}

const checkIntervalMs = 6 * 3_600_000

/** Checks for newer versions, and downloads them if the preferences say so or the person asks for it. */
export class Updates {
  readonly #parts: UpdatesParts
  #loaded: Promise<Updater> | null = null
  #state: UpdatesState
  #busy = false
  #isInPlace = false
  #timer: NodeJS.Timeout | null = null

  constructor(parts: UpdatesParts) {
    this.#parts = parts
    this.#state = { unavailable: parts.unavailable, step: 'none', version: null, percent: 0, trouble: null, checkedAt: null }
  }

  get state(): UpdatesState {
    return this.#state
  }

  /** Starts or stops the periodic check by the preferences. Idempotent. */
  follow(): void {
    const { unavailable, mode } = this.#parts
    const looks = unavailable === null && mode() !== 'off'
    if (!looks && this.#timer !== null) {
      clearInterval(this.#timer)
      this.#timer = null
    } else if (looks && this.#timer === null) {
      this.#timer = setInterval(() => void this.check(), checkIntervalMs)
      void this.check()
    } else if (looks && mode() === 'install' && this.#state.step === 'found') void this.download()
  }

  /** Never rejects: what went wrong is in the state. */
  async check(): Promise<UpdatesState> {
    if (this.#parts.unavailable !== null || this.#busy || this.#state.step === 'ready') return this.#state
    await this.#do({ step: 'checking', trouble: null }, async (updater) => {
      const version = await updater.check()
      return { step: version === null ? 'none' : 'found', version, checkedAt: this.#parts.clock() }
    })
    if (this.#state.step === 'found' && this.#parts.mode() === 'install') await this.download()
    return this.#state
  }

  /** Never rejects: what went wrong is in the state. */
  async download(): Promise<UpdatesState> {
    if (this.#busy || this.#state.step !== 'found') return this.#state
    await this.#do({ step: 'downloading', percent: 0, trouble: null }, async (updater) => {
      await updater.download((percent) => percent !== this.#state.percent && this.#tell({ percent }))
      return { step: 'ready', percent: 100 }
    })
    return this.#state
  }

  /** Never throws: what went wrong is in the state. */
  async install(): Promise<UpdatesState> {
    if (this.#busy || this.#state.step !== 'ready') return this.#state
    await this.#do({ trouble: null }, (updater) => {
      updater.install()
      this.#isInPlace = true
      return Promise.resolve({})
    })
    return this.#state
  }

  /**
   * To be called when the app quits and everything is closed. Never rejects: what went wrong is in the state, and the next start tries
   * again.
   */
  async installOnExit(): Promise<UpdatesState> {
    if (this.#busy || this.#isInPlace || this.#state.step !== 'ready') return this.#state
    await this.#do({ trouble: null }, async (updater) => (await updater.installOnExit(), {}))
    return this.#state
  }

  /** Runs one step at a time. After a failed step the state is as before, with the trouble. */
  async #do(during: Partial<UpdatesState>, step: (updater: Updater) => Promise<Partial<UpdatesState>>): Promise<void> {
    this.#busy = true
    const { step: before } = this.#state
    this.#tell(during)
    try {
      this.#loaded ??= this.#parts.load()
      this.#tell(await step(await this.#loaded))
    } catch (error) {
      const code = codeOf(error)
      this.#tell({ step: before, trouble: code === 'internal' ? 'update-failed' : code })
    } finally {
      this.#busy = false
    }
  }

  #tell(some: Partial<UpdatesState>): void {
    this.#state = { ...this.#state, ...some }
    this.#parts.changed(this.#state)
  }
}
