import { formsOf } from '../../forms.ts'

const { count } = formsOf('en-GB')

/** What happened to keys since the user last looked. */
export const news = {
  panel: {
    label: 'News',
    /** A summary that is not the first in the line. */
    goingOn: (summary: string) => summary.toLowerCase(),
    dismissAll: 'Dismiss\u00a0all',
    dismiss: (what: string) => `Dismiss: ${what}`,
    remedies: { show: 'Show key', trash: 'Open trash', create: 'Create again…' },
  },
  summaries: {
    file: (_count: number) => 'Older vault file in place',
    vault: (_count: number) => 'Key list rebuilt',
    failed: (changes: number) => count(changes, { one: 'change not made', other: 'changes not made' }),
    done: (keys: number) => count(keys, { one: 'key created', other: 'keys created' }),
    elsewhere: (changes: number) => count(changes, { one: 'change made elsewhere', other: 'changes made elsewhere' }),
  },
  kinds: {
    made: {
      what: (key: string) => `${key} was created elsewhere`,
      text: 'If its value is not on this computer, you can add it.',
    },
    enabled: {
      what: (key: string) => `${key} was enabled elsewhere`,
      text: 'Logins with it are accepted.',
    },
    disabled: {
      what: (key: string) => `${key} was disabled elsewhere`,
      text: 'Logins with it are refused until it is enabled again.',
    },
    gone: {
      what: (key: string) => `${key} was deleted elsewhere`,
      text: 'If its value was here, it is kept in the trash for a while.',
    },
    back: {
      what: (key: string) => `${key} is on the server again`,
      text: 'The value that was kept for it is out of the trash.',
    },
    created: {
      what: (key: string) => `${key} was created`,
      text: 'It waited for the server. Its value is safe.',
    },
    'not-created': {
      what: (key: string) => `${key} was not created`,
      text: 'The connection broke while the server was asked, and the server did not make it.',
    },
    'not-created-name-taken': {
      what: (key: string) => `${key} was not created`,
      text: 'The server already has a key with this name. Create it under another name.',
    },
    'not-created-full': {
      what: (key: string) => `${key} was not created`,
      text: 'The account has no room for another key. Delete one, then create it again.',
    },
    'not-created-refused': {
      what: (key: string) => `${key} was not created`,
      text: 'The server refused it. Create it again to see why.',
    },
    'not-changed-gone': {
      what: (key: string) => `${key} was not changed`,
      text: 'It was deleted elsewhere before your change could be made. A value that was here is in the trash.',
    },
    'not-deleted-enabled': {
      what: (key: string) => `${key} was not deleted`,
      text: 'It was enabled elsewhere meanwhile, so somebody may need it. Delete it again if nobody does.',
    },
    'not-created-restored': {
      what: (key: string) => `${key} was not created`,
      text: 'It was still to be created in an older copy of this vault that was put back. Create it again if you still want it.',
    },
    'not-enabled-restored': {
      what: (key: string) => `${key} was not enabled`,
      text: 'Enabling it was still waiting in an older copy of this vault that was put back. Enable it again if you still want to.',
    },
    'not-disabled-restored': {
      what: (key: string) => `${key} was not disabled`,
      text: 'Disabling it was still waiting in an older copy of this vault that was put back. Disable it again if you still want to.',
    },
    'not-deleted-restored': {
      what: (key: string) => `${key} was not deleted`,
      text: 'Its deletion was still waiting in an older copy of this vault that was put back. Delete it again if you still want to.',
    },
    'older-file': {
      what: (_key: string) => 'An older vault file is in place',
      text: 'Lines of the journal are missing that were written before. Approvals ended, browsers have to be paired again, and changes that waited are not made. If you did not put the file back yourself, look at who uses this computer.',
    },
    'cache-rebuilt': {
      what: (_key: string) => 'Your key list was rebuilt',
      text: 'Its file could not be opened. It was set aside, and the list was made anew from the server and your keychain. Nothing was deleted.',
    },
  },
}
