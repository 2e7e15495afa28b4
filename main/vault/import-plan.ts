import { items } from './items.ts'
import { labelIn } from './find-key.ts'
import type { Opened } from './opened.ts'
import type { Secret } from './secret.ts'
import type { NewValue } from './stored-values.ts'

/** A value that could be stored, under which name, and what of it is here already. */
export interface Planned extends NewValue {
  /** As the file calls it. */
  readonly original: string
  /** The key that has this very value; null if none has. */
  readonly same: { readonly name: string; readonly account: string } | null
  /** The file has this value more than once, and this is not the first. */
  readonly repeated: boolean
}

const longestName = 64

/**
 * Gives each value a name that keys can have and that no stored one has, and finds those that the vault has already: by their
 * fingerprints, for which no value has to be opened.
 */
export function planImport(opened: Opened, found: readonly { readonly name: string; readonly value: Secret }[]): Planned[] {
  const account = opened.cache.accounts().find(({ method }) => method === 'values')
  const taken = new Set((account === undefined ? [] : opened.cache.keys(account.id)).map(({ name }) => name.toLowerCase()))
  const counts = new Map<string, number>()
  const sameAs = knownValues(opened)
  const seen = new Set<string>()
  return found.map(({ name: original, value }) => {
    const name = freeName(nameFrom(original), taken, counts)
    taken.add(name.toLowerCase())
    const print = opened.root.fingerprint(value, 'import')
    const repeated = seen.has(print)
    seen.add(print)
    return { name, original, value, same: sameAs(value), repeated }
  })
}

/** @returns the nearest that a key's name can be: letters without their marks, and `-` for what it may not have */
export function nameFrom(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
  return plain.replace(/^-+|-+$/g, '').slice(0, longestName) || 'value'
}

/** @param counts by the name wanted: which ending was given last, so that a file with one name many times is not slow */
function freeName(wanted: string, taken: ReadonlySet<string>, counts: Map<string, number>): string {
  const known = wanted.toLowerCase()
  for (let count = (counts.get(known) ?? 0) + 1; ; count += 1) {
    const ending = count === 1 ? '' : `-${count}`
    const name = wanted.slice(0, longestName - ending.length) + ending
    if (taken.has(name.toLowerCase())) continue
    counts.set(known, count)
    return name
  }
}

function knownValues(opened: Opened): (value: Secret) => Planned['same'] {
  const known = opened.cache.accounts().flatMap((account) => {
    const label = labelIn(opened, account)
    return opened.cache.keys(account.id).map((record) => ({ record, label }))
  })
  return (value) => {
    const lastFour = value.lastFour() // spares most of the fingerprints, each of which is a derivation
    const same = known.find(({ record: { accountId, id, fingerprint, lastFour: known } }) => {
      return fingerprint !== null && known === lastFour && opened.root.fingerprint(value, items.value(accountId, id)) === fingerprint
    })
    return same === undefined ? null : { name: same.record.name, account: same.label }
  }
}
