/** The events that the journal records. */
export const journalEvents = [
  'release',
  'created',
  'deleted',
  'enabled',
  'disabled',
  'value-added',
  'value-removed',
  'approved',
  'revoked',
  'unlocked',
  'locked',
  'exported',
  'backed-up',
  'restored',
  'older-file',
  'imported',
  'server-confirmed',
  'sent',
  'value-changed',
  'renamed',
] as const
export type JournalEvent = (typeof journalEvents)[number]
