import type { Outlets } from '../../preload/contract.ts'
import { exactTime } from '../time/elapsed.ts'
import { texts } from './texts.svelte.ts'

type Use = Outlets['uses'][number]
export type Party = Use['requester']

/** Untrusted text, such as a path or a window title, with a label before it. */
export interface Detail {
  readonly word: string
  readonly text: string
}

/** What happened, as `Filled in at` followed by the party's name, with further details. */
export interface UseTexts {
  readonly text: string
  /** Untrusted text. Null if the user did it themselves. */
  readonly party: string | null
  readonly details: readonly Detail[]
}

const browsers: readonly [RegExp, string][] = [
  [/firefox/i, 'Firefox'],
  [/brave/i, 'Brave'],
  [/vivaldi/i, 'Vivaldi'],
  [/edge/i, 'Edge'],
  [/chromium/i, 'Chromium'],
  [/chrome/i, 'Chrome'],
]

/** A browser's name by its program. For an unknown browser, the program's own name. */
export function browserName(program: string): string {
  const name = programName(program)
  return browsers.find(([pattern]) => pattern.test(name))?.[1] ?? name
}

/** The last part of a program's path, which is what users call it. */
export function programName(path: string): string {
  return (
    path
      .split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? path
  )
}

/** An origin, without its scheme if that is https. */
export function siteName(origin: string): string {
  return origin.replace(/^https:\/\//, '')
}

/** A line of the journal as text. */
export function useTexts({ purpose, requester }: Use): UseTexts {
  if (requester.kind === 'person') return { text: texts().uses.lines.done[purpose], party: null, details: [] }
  return { text: texts().uses.lines.given[purpose], party: partyName(requester), details: partyDetails(requester) }
}

export function partyName(party: Exclude<Party, { kind: 'person' }>): string {
  return party.kind === 'site' ? siteName(party.origin) : programName(party.program)
}

/** Further details of a program or site: full path, where it was called, in which window or browser. */
export function partyDetails(party: Exclude<Party, { kind: 'person' }>): Detail[] {
  switch (party.kind) {
    case 'site':
      return [{ word: texts().uses.lines.place, text: browserName(party.browser) }]
    case 'window':
      return [{ word: '', text: party.title === '' ? party.program : party.title }]
    case 'program':
      return [
        { word: '', text: party.program },
        { word: texts().uses.lines.place, text: party.folder },
        ...(party.terminal === null ? [] : [{ word: '·', text: party.terminal }]),
        ...(party.process === null ? [] : processDetails(party.process)),
      ]
  }
}

function processDetails({ pid, startedAt, startedBy }: NonNullable<Extract<Party, { kind: 'program' }>['process']>): Detail[] {
  const t = texts().uses.lines
  return [{ word: t.process(pid), text: exactTime(startedAt) }, ...(startedBy === null ? [] : [{ word: t.startedBy, text: startedBy }])]
}
