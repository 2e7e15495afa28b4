import type { ChosenImport } from '../../../../preload/contract.ts'
import type { ImportFormat } from '../../../../shared/lists/transfer.ts'
import { Attempt } from '../../../attempt.svelte.ts'
import { ask, codeOf } from '../../../bridge.ts'

/** The format is recognised from the file that is chosen. */
export const recognised = 'recognised'

/** The state of an import: what main found in the file, and which entries the user chose. */
export class Imported extends Attempt {
  format = $state<ImportFormat | typeof recognised>(recognised)
  file = $state.raw<ChosenImport | null>(null)
  /** Indexes of the chosen entries. */
  wanted = $state.raw<readonly number[]>([])
  choosing = $state(false)

  /** Entries that exist already, or twice in the file, are not chosen at first. */
  async choose(): Promise<void> {
    this.choosing = true
    this.refusal = null
    try {
      const answer = await ask('transfer.chooseImport', { format: this.format === recognised ? null : this.format })
      if (answer.outcome !== 'chosen') return
      this.file = answer
      this.wanted = answer.entries.flatMap(({ same, repeated }, place) => (same === null && !repeated ? [place] : []))
    } catch (error) {
      this.refusal = codeOf(error)
    } finally {
      this.choosing = false
    }
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

  /** Main keeps the values in memory until it is told to drop them. */
  forget(): void {
    if (this.file !== null) void ask('transfer.forget', { ticket: this.file.ticket }).catch(() => {}) // a closing window cannot show an error
    this.file = null
  }
}
