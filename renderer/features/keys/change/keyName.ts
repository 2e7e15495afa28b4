import { texts } from '../../../i18n/texts.svelte.ts'

/** The names that a new name must not collide with. */
export interface NamesInUse {
  readonly taken: readonly string[]
  /** Names of pending creations. */
  readonly waiting: readonly string[]
}

export type NameVerdict = { readonly fits: true } | { readonly fits: false; readonly fault: string }

const maxNameLength = 64
const alphabet = /^[A-Za-z0-9_-]*$/

/**
 * Checks a name for a new key. Main makes the final check; this one reports while the user types.
 *
 * A name that differs from another only in case is refused, although the server would accept it: with two keys that look alike, users
 * delete the wrong one.
 */
export function judgeName(name: string, inUse: NamesInUse): NameVerdict {
  const t = texts().keyDialogs.names
  if (name === '') return unfit(t.missing)
  const stranger = [...name].find((character) => !alphabet.test(character))
  if (stranger !== undefined) return unfit(t.stranger(described(stranger)))
  if (name.length > maxNameLength) return unfit(t.long(maxNameLength, name.length))
  if (inUse.taken.includes(name)) return unfit(t.taken)
  if (inUse.waiting.includes(name)) return unfit(t.waiting)
  const lookalike = [...inUse.taken, ...inUse.waiting].find((other) => other.toLowerCase() === name.toLowerCase())
  if (lookalike !== undefined) return unfit(t.lookalike(lookalike))
  return { fits: true }
}

function unfit(fault: string): NameVerdict {
  return { fits: false, fault }
}

/** Invisible characters are named, because quoting them would show nothing. */
function described(character: string): string {
  if (/^\s$/u.test(character)) return texts().keyDialogs.names.spaces
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? texts().keyDialogs.names.quoted(character) : texts().keyDialogs.names.unseen
}
