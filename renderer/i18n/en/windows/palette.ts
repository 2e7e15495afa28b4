import { formsOf } from '../../forms.ts'

const { count } = formsOf('en-GB')

/** The palette: type to find a key. */
export const palette = {
  main: {
    find: 'Find a key',
    closed: 'Open Latchkey’s window to open the vault, then come back.',
    noKeys: 'There are no keys yet',
    noKeysText: 'Create one in Latchkey’s window. It can be found here from then on.',
    none: 'No key is called that',
    noneText: 'Type a part of a key’s name, or of its account’s.',
    keys: 'Keys',
  },
  foot: {
    copied: (seconds: number) => `Copied. The clipboard is cleared in ${count(seconds, { one: 'second', other: 'seconds' })}.`,
    into: 'Types into',
    behind: 'Types into the window behind this one. Your desktop does not tell which that is.',
    type: 'Type',
  },
  option: {
    disabled: 'Disabled',
  },
}
