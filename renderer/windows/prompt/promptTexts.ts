import type { Prompt } from '../../../preload/prompt-contract.ts'
import type { Approval } from '../../../shared/lists/approvals.ts'
import { texts } from '../../i18n/texts.svelte.ts'

export type Release = Extract<Prompt, { kind: 'release' }>
export type Choose = Extract<Prompt, { kind: 'choose' }>
export type Pair = Extract<Prompt, { kind: 'pair' }>
export type Store = Extract<Prompt, { kind: 'store' }>
export type Server = Extract<Prompt, { kind: 'server' }>

/** What an answer allows later. `until`: the time of day at which a temporary approval ends. */
export function consequence({ requester, keys }: Release, duration: Approval, until: string): string {
  const { once, site, program } = texts().prompt.release.consequences
  if (duration === 'once') return once
  if (requester.kind === 'program') return program(keys.length, until, requester.terminal !== null)
  return site(keys.length, duration === 'always' ? null : until)
}

/** The length of the file name at the end of a path. A backslash is a separator on Windows only; elsewhere it can be part of a name. */
export function nameLength(path: string): number {
  const name = path.startsWith('/') ? /[^/]*\/?$/ : /[^/\\]*[/\\]?$/
  return name.exec(path)?.[0].length ?? path.length
}

/** The length of an address without its scheme: host, port and path. */
export function hostLength(origin: string): number {
  return origin.length - (origin.indexOf('://') + 3)
}

/** Whether a host has characters of other alphabets, which are written as `xn--…` because they could look like another host's. */
export function hasForeignLetters(origin: string): boolean {
  return /(?:^|[/.])xn--/i.test(origin)
}
