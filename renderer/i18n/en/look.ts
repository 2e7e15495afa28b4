import { formsOf } from '../forms.ts'

const { count } = formsOf('en-GB')

/** Parts that every screen is made of. */
export const look = {
  verbatim: {
    more: (hidden: number) => `show ${count(hidden, { one: 'more character', other: 'more characters' })}`,
    /** Characters that cannot be seen. */
    names: { '\n': 'line break', '\t': 'tab', ' ': 'space' } as Readonly<Record<string, string>>,
  },
  secret: {
    show: (noun: string) => `Show ${noun}`,
    hide: (noun: string) => `Hide ${noun}`,
  },
  /** What stands on keys, where it is not what they are called. `Mod` is Control. */
  keys: { Mod: 'Ctrl', PageUp: 'Page Up', PageDown: 'Page Down' } as Readonly<Record<string, string>>,
  /** Under a refusal that nobody expected. */
  fault: (code: string) => `To report it, quote the code ${code}. Latchkey’s output has it too, with the place.`,
  notices: {
    label: 'Notices',
    dismiss: 'Dismiss notice',
  },
}
