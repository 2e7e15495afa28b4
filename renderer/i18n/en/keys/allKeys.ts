import { formsOf } from '../../forms.ts'

const { count } = formsOf('en-GB')

/** The list of the keys of all accounts. */
export const allKeys = {
  title: 'All keys',
  about: 'Name, service, tag…',
  accounts: (amount: number) => count(amount, { one: 'account', other: 'accounts' }),
  total: (keys: number) => count(keys, { one: 'key', other: 'keys' }),
  searched: 'Search looks at names, services, accounts, tags, environments, users, notes, IDs and the last four characters of values.',
  /** The group of keys of no known service. */
  noService: 'Other keys',
  everyService: 'Show every service',
  grouping: {
    group: 'Group keys',
    grouped: (by: string) => `Group keys: ${by}`,
    by: { none: 'No groups', account: 'By account', service: 'By service' },
  },
}

/** The sidebar, which lists what the list can show. */
export const sidebar = {
  label: 'Views',
  attention: 'Needs attention',
  accounts: 'Accounts',
  services: 'Services',
  trash: 'Trash',
}

/** The sheet of shortcuts. */
export const shortcuts = {
  title: 'Keyboard shortcuts',
  groups: { go: 'Go to', list: 'In the list', key: 'Keys', app: 'Latchkey' },
  does: {
    all: 'All keys',
    account: 'An account, by its place in the menu',
    search: 'Search',
    move: 'Previous or next key',
    ends: 'First or last key',
    type: 'Search for what you type',
    enter: 'To the key’s actions',
    leave: 'Back to the list',
    new: 'New key',
    copy: 'Copy value',
    reveal: 'Reveal or hide value',
    undo: 'Undo',
    sync: 'Sync now',
    lock: 'Lock',
    shortcuts: 'This sheet',
  },
  /** In the place of a key: any key that types a character. */
  letters: 'Letters',
}
