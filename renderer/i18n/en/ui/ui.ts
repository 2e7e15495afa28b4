import { formsOf } from '../../forms.ts'

const { count } = formsOf('en-GB')

/** Shared components that every screen uses. */
export const ui = {
  verbatim: {
    more: (hidden: number) => `show ${count(hidden, { one: 'more character', other: 'more characters' })}`,
    /** Names of invisible characters. */
    names: { '\n': 'line break', '\t': 'tab', ' ': 'space' } as Readonly<Record<string, string>>,
  },
  secret: {
    show: (noun: string) => `Show ${noun}`,
    hide: (noun: string) => `Hide ${noun}`,
  },
  /** Labels of keys that are not called as in the code. `Mod` is Control. */
  keys: { Mod: 'Ctrl', PageUp: 'Page Up', PageDown: 'Page Down' } as Readonly<Record<string, string>>,
  /** Shown below an unexpected error. */
  fault: (code: string) => `To report it, quote the code ${code}. Latchkey’s output has it too, with the place.`,
  notices: {
    label: 'Notices',
    dismiss: 'Dismiss notice',
  },
}
