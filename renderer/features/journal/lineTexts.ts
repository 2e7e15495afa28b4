import type { IconName } from '../../ui/icons/drawings.ts'
import { texts } from '../../i18n/texts.svelte.ts'
import { type Detail, partyDetails, partyName, useTexts, type UseTexts } from '../../i18n/uses.ts'
import type { JournalLine } from './journal.svelte.ts'

export interface LineTexts {
  readonly icon: IconName
  readonly text: string
  /** Untrusted text that follows the sentence. Null if the user did it themselves. */
  readonly party: string | null
  readonly details: readonly Detail[]
}

const icons: Record<JournalLine['event'], IconName> = {
  release: 'key',
  created: 'plus',
  deleted: 'trash',
  enabled: 'enabled',
  disabled: 'disabled',
  'value-added': 'plus',
  'value-removed': 'trash',
  approved: 'enabled',
  revoked: 'disabled',
  unlocked: 'proof',
  locked: 'lock',
  exported: 'other-computer',
  'backed-up': 'copy',
  restored: 'undo',
  'older-file': 'warning',
  imported: 'plus',
  'server-confirmed': 'enabled',
  sent: 'globe',
  'value-changed': 'replace',
  renamed: 'replace',
  'details-changed': 'replace',
}

/** Turns a journal line into text for display. */
export function lineTexts(line: JournalLine): LineTexts {
  const icon = icons[line.event]
  const { requester, purpose, detail } = line
  const t = texts().journal
  if (line.event === 'release' && requester !== null && purpose !== null)
    return release(line, useTexts({ purpose, requester, at: line.at }), releaseIcon(requester.kind))
  if (line.event === 'sent') return { icon, text: t.sent[line.name === null ? 'sign-in' : 'value'], party: detail, details: [] }
  if (line.event === 'server-confirmed') return { icon, text: t.events[line.event], party: detail, details: [] }
  if ((line.event === 'approved' || line.event === 'revoked') && requester !== null && requester.kind !== 'person') {
    const text = line.event === 'revoked' ? t.revoked : t.approved[detail === 'always' ? 'always' : 'for-a-time']
    return { icon, text, party: partyName(requester), details: partyDetails(requester) }
  }
  return { icon, text: plainText(line), party: null, details: [] }
}

/** Includes the server if the value was sent to one. */
function release({ detail }: JournalLine, use: UseTexts, icon: IconName): LineTexts {
  if (detail === null) return { icon, ...use }
  return { icon, ...use, details: [...use.details, { word: texts().journal.to, text: detail }] }
}

function plainText({ event, detail }: JournalLine): string {
  const t = texts().journal
  if (event === 'exported' && detail === 'journal') return t.journalExported
  const wrong = Number(/^wrong-passphrases:(\d+)$/.exec(detail ?? '')?.[1] ?? 0)
  if (event === 'unlocked' && wrong > 0) return `${t.events.unlocked}, ${t.afterWrong(wrong)}`
  return event in t.events ? t.events[event as keyof typeof t.events] : ''
}

function releaseIcon(kind: 'person' | 'window' | 'site' | 'program'): IconName {
  if (kind === 'site') return 'globe'
  return kind === 'program' ? 'terminal' : 'key'
}
