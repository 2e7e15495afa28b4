import type { JournalEvent } from '../../../shared/lists/journal-events.ts'
import { formsOf } from '../forms.ts'

const { count, number } = formsOf('en-GB')

/** The journal: values that left the vault, and changes in it. */
export const journal = {
  title: 'Journal',
  about:
    'What left this vault and what changed in it, newest first. Never a value. Each line is chained to the one before, so that none can be changed or taken out unseen.',
  of: 'Show',
  everything: 'Everything',
  ofKey: (key: string, account: string) => `${key} of ${account}`,
  loading: 'Reading the journal…',
  none: 'Nothing has been noted about this key yet.',
  older: 'Show older',
  events: {
    created: 'Key created',
    deleted: 'Key deleted',
    enabled: 'Key enabled',
    disabled: 'Key disabled',
    'value-added': 'Value added',
    'value-removed': 'Value removed',
    unlocked: 'Vault opened',
    locked: 'Vault locked',
    exported: 'Keys exported to a file, in clear',
    'backed-up': 'Values read for a backup',
    restored: 'Restored from a backup',
    'older-file': 'An older vault file was found: lines are missing before this one',
    imported: 'Value imported',
    'server-confirmed': 'Server confirmed:',
    'value-changed': 'Value changed',
    renamed: 'Renamed',
    'details-changed': 'Details changed',
  } satisfies Record<Exclude<JournalEvent, 'release' | 'sent' | 'approved' | 'revoked'>, string>,
  /** Followed by the server. */
  sent: { value: 'Value sent to', 'sign-in': 'Sign-in sent to' },
  /** Followed by the server that received the value. */
  to: 'to',
  journalExported: 'Journal exported',
  afterWrong: (tries: number) => `after ${count(tries, { one: 'wrong passphrase', other: 'wrong passphrases' })}`,
  /** Followed by the name of the program or site. */
  approved: { always: 'Approved always for', 'for-a-time': 'Approved for a while for' },
  revoked: 'Approval revoked for',
  export: 'Export…',
  exporting: 'Signing and writing the journal…',
  exported: (lines: number) => `${count(lines, { one: 'line', other: 'lines' })} exported to`,
  verify: 'To check it anywhere, even with Latchkey closed:',
  fingerprint: 'Key of this vault',
  fingerprintHint: 'It tells that an exported journal is this vault’s. The check shows it too.',
  entry: (seq: number) => `Entry ${number(seq)}`,
}
