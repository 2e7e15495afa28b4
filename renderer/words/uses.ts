import type { Outlets, Purpose } from '../../preload/contract.ts'

type Use = Outlets['uses'][number]
export type Party = Use['requester']

/** What happened, and to whom exactly: the second line may be long. */
export interface UseWords {
  readonly text: string
  readonly detail: string | null
}

const browsers: readonly [RegExp, string][] = [
  [/firefox/i, 'Firefox'],
  [/brave/i, 'Brave'],
  [/vivaldi/i, 'Vivaldi'],
  [/edge/i, 'Edge'],
  [/chromium/i, 'Chromium'],
  [/chrome/i, 'Chrome'],
]

/** A browser by what its program is called; the program's own name where it is none that we know. */
export function browserName(program: string): string {
  const name = programName(program)
  return browsers.find(([pattern]) => pattern.test(name))?.[1] ?? name
}

/** The last part of a program's path, which is what people call it. */
export function programName(path: string): string {
  return path.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? path
}

/** An origin without its scheme, where that is https. */
export function siteName(origin: string): string {
  return origin.replace(/^https:\/\//, '')
}

const given: Record<Purpose, string> = {
  reveal: 'Shown to',
  copy: 'Copied for',
  verify: 'Verified for',
  'sign-in': 'Signed in for',
  type: 'Typed into',
  fill: 'Filled in at',
  get: 'Printed for',
  run: 'Given to a command run in',
  inject: 'Put into a text for',
}

const done: Record<Purpose, string> = {
  reveal: 'Shown in Latchkey',
  copy: 'Copied from Latchkey',
  verify: 'Verified by a login',
  'sign-in': 'Signed in with, in Latchkey',
  type: 'Typed by Latchkey',
  fill: 'Filled in by Latchkey',
  get: 'Printed by Latchkey',
  run: 'Given to a command by Latchkey',
  inject: 'Put into a text by Latchkey',
}

/** A line of the journal, as `Filled in at console.example.com`. */
export function useWords({ purpose, requester }: Use): UseWords {
  if (requester.kind === 'person') return { text: done[purpose], detail: null }
  return { text: `${given[purpose]} ${partyName(requester)}`, detail: partyDetail(requester) }
}

/** What an approval lets its requester do; the key's name follows. */
export const approvalWords: Record<Purpose, string> = {
  reveal: 'May show',
  copy: 'May copy',
  verify: 'May verify',
  'sign-in': 'May sign in with',
  type: 'May have typed',
  fill: 'May be filled in with',
  get: 'May print',
  run: 'May run commands with',
  inject: 'May put into texts',
}

export function partyName(party: Exclude<Party, { kind: 'person' }>): string {
  return party.kind === 'site' ? siteName(party.origin) : programName(party.program)
}

/** What else is known of it: its whole path, where it was called, in which window or browser. */
export function partyDetail(party: Exclude<Party, { kind: 'person' }>): string {
  switch (party.kind) {
    case 'site':
      return `in ${browserName(party.browser)}`
    case 'window':
      return party.title === '' ? party.program : `“${party.title}”`
    case 'program':
      return `${party.program} in ${party.folder}${party.terminal === null ? '' : ` · ${party.terminal}`}`
  }
}
