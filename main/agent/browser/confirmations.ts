import type { KeyName } from '../../vault/key.ts'

const lastsFor = 60_000

/** Which keys each browser was offered of late, by which visit. */
export class Confirmations {
  readonly #now: () => number
  readonly #noted = new Map<object, Map<string, number>>()

  /** @param now in milliseconds, of a clock that nobody sets */
  constructor(now: () => number) {
    this.#now = now
  }

  note(visit: object, pid: number, keys: readonly KeyName[]): void {
    const at = this.#now()
    const noted = this.#noted.get(visit) ?? new Map<string, number>()
    for (const key of keys) noted.set(nameOf(pid, key), at)
    for (const [name, before] of noted) if (at - before >= lastsFor) noted.delete(name)
    this.#noted.set(visit, noted)
  }

  has(pid: number, key: KeyName): boolean {
    const since = this.#now() - lastsFor
    return [...this.#noted.values()].some((noted) => (noted.get(nameOf(pid, key)) ?? -Infinity) > since)
  }

  forget(visit: object): void {
    this.#noted.delete(visit)
  }
}

function nameOf(pid: number, { accountId, keyId }: KeyName): string {
  return `${pid}/${accountId}/${keyId}`
}
