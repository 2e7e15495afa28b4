import type { AskingRequester, SeenProcess } from '../../vault/model/requester.ts'
import type { Peer } from './peer.ts'

/** The requester that the release gate sees for a program. */
export function requesterOf({ caller, folder, terminal, session }: Peer, { startedBy, ...seen }: SeenProcess): AskingRequester {
  const process = { ...seen, startedBy: startedBy === null ? null : printable(startedBy) }
  return { kind: 'program', program: printable(caller.program), folder: printable(folder), terminal, session, process }
}

/**
 * Escapes invisible characters and those that change the direction of text: file names may contain them, and the person who is asked must
 * see what is really there.
 */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)
}
