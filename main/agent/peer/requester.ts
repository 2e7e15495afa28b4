import type { AskingRequester, SeenProcess } from '../../vault/model/requester.ts'
import type { Peer } from './peer.ts'

/** As whom the gate knows a program. */
export function requesterOf({ caller, folder, terminal, session }: Peer, { startedBy, ...seen }: SeenProcess): AskingRequester {
  const process = { ...seen, startedBy: startedBy === null ? null : printable(startedBy) }
  return { kind: 'program', program: printable(caller.program), folder: printable(folder), terminal, session, process }
}

/**
 * With what cannot be seen, or turns what is around it, written out: names of files may hold anything, and the person who is asked
 * has to read what is there.
 */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)
}
