import { texts } from '../../../i18n/texts.svelte.ts'

/** What is known that a new name must not collide with. */
export interface NamesInUse {
  readonly taken: readonly string[]
  /** Names of keys that wait to be created. */
  readonly waiting: readonly string[]
}

export type NameVerdict = { readonly fits: true } | { readonly fits: false; readonly fault: string }

const longest = 64
const alphabet = /^[A-Za-z0-9_-]*$/

/**
 * Whether a new key may be called this. Main decides in the end; this says so while one types.
 *
 * A name that differs from another only in case is refused, though the server would take it: two keys that read alike
 * are how the wrong one gets deleted.
 */
export function judgeName(name: string, inUse: NamesInUse): NameVerdict {
  const t = texts().keyDialogs.names
  if (name === '') return unfit(t.missing)
  const stranger = [...name].find((character) => !alphabet.test(character))
  if (stranger !== undefined) return unfit(t.stranger(described(stranger)))
  if (name.length > longest) return unfit(t.long(longest, name.length))
  if (inUse.taken.includes(name)) return unfit(t.taken)
  if (inUse.waiting.includes(name)) return unfit(t.waiting)
  const lookalike = [...inUse.taken, ...inUse.waiting].find((other) => other.toLowerCase() === name.toLowerCase())
  if (lookalike !== undefined) return unfit(t.lookalike(lookalike))
  return { fits: true }
}

function unfit(fault: string): NameVerdict {
  return { fits: false, fault }
}

/** Characters that cannot be seen are named, as quoting them would show nothing. */
function described(character: string): string {
  if (/^\s$/u.test(character)) return texts().keyDialogs.names.spaces
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? texts().keyDialogs.names.quoted(character) : texts().keyDialogs.names.unseen
}
