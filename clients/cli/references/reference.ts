import type { KeyReference } from '../../shared/protocol/command.ts'
import { usage } from '../output/fault.ts'
import { orElse } from '../../../shared/or-else.ts'

const scheme = 'latchkey://'
/** The account is percent-encoded, the key's name or id is not. The account may be omitted if only one account has such a key. */
const uri = /latchkey:\/\/((?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)\/([A-Za-z0-9_-]{1,64})(?![A-Za-z0-9_/%-])/y
const keyName = /^[A-Za-z0-9_-]{1,64}$/
const grammar = 'A key is named KEY, ACCOUNT/KEY or latchkey://ACCOUNT/KEY; latchkey list shows them.'

/** Parses a key as written on the command line: `KEY`, `ACCOUNT/KEY` or `latchkey://ACCOUNT/KEY`. @throws Fault */
export function parseReference(text: string): KeyReference {
  if (text.startsWith(scheme)) {
    const found = referenceAt(text, 0)
    if (found?.end !== text.length) throw usage(`This is not a reference to a key: ${text}`, grammar)
    return found.reference
  }
  const slash = text.lastIndexOf('/') // a key's name cannot contain one; an account's can
  const account = slash < 0 ? null : text.slice(0, slash)
  const key = text.slice(slash + 1)
  if (!keyName.test(key) || (account !== null && !isAccount(account))) throw usage(`This does not name a key: ${text}`, grammar)
  return { account, key }
}

/** Whether a key of this name can be referenced by it. Servers may allow other names. */
export function isKeyName(name: string): boolean {
  return keyName.test(name)
}

/** The reference as a user writes it. */
export function nameOf({ account, key }: KeyReference): string {
  return account === null ? key : `${account}/${key}`
}

/** The reference as it is written in a file. */
export function referenceUri(account: string, key: string): string {
  return `${scheme}${encodeURIComponent(account)}/${key}`
}

export interface FoundReference {
  readonly reference: KeyReference
  /** The start of the reference and the end after it, in characters. */
  readonly start: number
  readonly end: number
  readonly line: number
}

/**
 * All references in a text, in their order.
 * @param place formats a line number for errors. @throws Fault with the line, if something begins like a reference but is malformed
 */
export function referencesIn(text: string, place: (line: number) => string): FoundReference[] {
  const all: FoundReference[] = []
  for (let at = text.indexOf(scheme); at >= 0; at = text.indexOf(scheme, at)) {
    const found = referenceAt(text, at)
    if (found === null) throw usage(`${place(lineOf(text, at))}: what begins there is not a reference to a key.`, grammar)
    all.push({ ...found, line: lineOf(text, at) })
    at = found.end
  }
  return all
}

function referenceAt(text: string, start: number): Omit<FoundReference, 'line'> | null {
  uri.lastIndex = start
  const [whole, encoded, key] = uri.exec(text) ?? []
  if (whole === undefined || encoded === undefined || key === undefined) return null
  const account = encoded === '' ? null : decode(encoded)
  if (account !== null && !isAccount(account)) return null
  return { reference: { account, key }, start, end: start + whole.length }
}

/** @returns a name that no account has, if it is not UTF-8 */
function decode(encoded: string): string {
  return orElse(() => decodeURIComponent(encoded), '')
}

function isAccount(text: string): boolean {
  return text !== '' && text.length <= 320 && !/[\u0000-\u001f\u007f-\u009f]/.test(text)
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}
