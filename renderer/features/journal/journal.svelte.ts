import type { JournalPage, RefusalCode } from '../../../preload/contract.ts'
import { ask, codeOf } from '../../bridge.ts'

export type JournalLine = JournalPage['lines'][number]
export type JournalKey = JournalPage['keys'][number]

/** The loaded part of the journal, for all keys or for one key. */
export class Journal {
  lines = $state.raw<readonly JournalLine[] | null>(null)
  keys = $state.raw<readonly JournalKey[]>([])
  more = $state(false)
  fingerprint = $state('')
  refusal = $state.raw<RefusalCode | null>(null)
  reading = $state(false)
  exporting = $state(false)
  exported = $state.raw<{ readonly file: string; readonly lines: number } | null>(null)
  /** The key whose lines are shown, or null for all. */
  key = $state.raw<JournalKey | null>(null)
  /** Counts the loads. If two overlap, the later one wins. */
  #readings = 0

  /** Loads from the newest line on. */
  async read(key: JournalKey | null = this.key): Promise<void> {
    this.key = key
    await this.#read(null)
  }

  async readOlder(): Promise<void> {
    const last = this.lines?.at(-1)
    if (last !== undefined && !this.reading) await this.#read(last.seq)
  }

  /** @returns whether a file was written; false if the user cancelled the dialog or the export was refused */
  async export(): Promise<boolean> {
    if (this.exporting) return false
    this.exporting = true
    this.refusal = null
    this.exported = null
    try {
      this.exported = await ask('journal.export', null)
      if (this.exported === null) return false
      await this.read()
      return true
    } catch (error) {
      this.refusal = codeOf(error)
      return false
    } finally {
      this.exporting = false
    }
  }

  async #read(before: number | null): Promise<void> {
    const ownLoad = (this.#readings += 1)
    this.reading = true
    try {
      const key = this.key && { accountId: this.key.accountId, keyId: this.key.keyId }
      const page = await ask('journal.list', { before, key })
      if (ownLoad !== this.#readings) return
      this.lines = before === null ? page.lines : [...(this.lines ?? []), ...page.lines]
      this.more = page.more
      this.keys = page.keys
      this.fingerprint = page.fingerprint
      this.refusal = null
    } catch (error) {
      if (ownLoad === this.#readings) this.refusal = codeOf(error)
    } finally {
      if (ownLoad === this.#readings) this.reading = false
    }
  }
}
