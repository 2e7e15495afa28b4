import type { ChosenImport, LockedImport } from '../../../../preload/contract.ts'
import type { ImportFormat } from '../../../../shared/lists/transfer.ts'
import { Attempt } from '../../../attempt.svelte.ts'
import { ask, codeOf } from '../../../bridge.ts'

/** The format is recognised from the file that is chosen. */
export const recognised = 'recognised'

/** The state of an import: what main found in the file, and which entries the user chose. */
export class Imported extends Attempt {
  format = $state<ImportFormat | typeof recognised>(recognised)
  file = $state.raw<ChosenImport | null>(null)
  /** A file that has a passphrase, until it is opened. */
  locked = $state.raw<LockedImport | null>(null)
  passphrase = $state('')
  /** Indexes of the chosen entries. */
  wanted = $state.raw<readonly number[]>([])
  choosing = $state(false)

  /** Entries that exist already, or twice in the file, are not chosen at first. */
  async choose(): Promise<void> {
    this.choosing = true
    this.refusal = null
    try {
      const answer = await ask('transfer.chooseImport', { format: this.format === recognised ? null : this.format })
      if (answer.outcome === 'locked') this.locked = answer
      else if (answer.outcome === 'chosen') this.#show(answer)
    } catch (error) {
      this.refusal = codeOf(error)
    } finally {
      this.choosing = false
    }
  }

  /** Opens the file by the passphrase. */
  async open(): Promise<void> {
    const { locked } = this
    if (locked === null || this.busy) return
    await this.run(async () => {
      this.#show(await ask('transfer.openImport', { ticket: locked.ticket, passphrase: this.passphrase }))
      this.#forgetLocked()
    })
    if (this.refusal !== null && this.refusal !== 'passphrase-wrong') this.forget()
  }

  #show(file: ChosenImport): void {
    this.file = file
    this.wanted = file.entries.flatMap(({ same, repeated }, place) => (same === null && !repeated ? [place] : []))
  }

  #forgetLocked(): void {
    this.passphrase = ''
    this.locked = null
  }

  want(place: number, wanted: boolean): void {
    const others = this.wanted.filter((one) => one !== place)
    this.wanted = wanted ? [...others, place] : others
  }

  wantAll(wanted: boolean): void {
    this.wanted = wanted ? [...(this.file?.entries.keys() ?? [])] : []
  }

  /** @param take returns false if it was stopped. @returns how many were stored; null if that was refused */
  async store(take: (ticket: string, chosen: number[]) => Promise<boolean>): Promise<number | null> {
    const { file } = this
    if (file === null || this.busy) return null
    const chosen = [...this.wanted].sort((one, other) => one - other)
    let stored = 0
    const done = await this.run(async () => {
      if (!(await take(file.ticket, chosen))) return
      this.file = null
      stored = chosen.length
    })
    if (this.refusal === 'choice-expired') this.file = null
    return done ? stored : null
  }

  /** Main keeps the file or its values in memory until it is told to drop them. */
  forget(): void {
    const ticket = (this.file ?? this.locked)?.ticket
    if (ticket !== undefined) void ask('transfer.forget', { ticket }).catch(() => {}) // a closing window cannot show an error
    this.file = null
    this.#forgetLocked()
  }
}
