import { formsOf } from '../forms.ts'

const { count, number } = formsOf('en-GB')

/** The Settings dialog, section by section. */
export const settings = {
  title: 'Settings',
  saved: 'Saved',
  amounts: {
    seconds: (seconds: number) => (seconds >= 60 && seconds % 60 === 0 ? `${number(seconds / 60)} min` : `${number(seconds)} s`),
    minutes: (minutes: number | null) =>
      minutes === null ? 'Never' : minutes % 60 === 0 ? `${number(minutes / 60)} h` : `${number(minutes)} min`,
    days: (days: number) => count(days, { one: 'day', other: 'days' }),
  },
  appearance: {
    language: 'Language',
    languages: { system: 'Same as system', en: 'English', de: 'Deutsch' },
  },
  safety: {
    lock: 'Lock',
    lockText:
      'When nobody touches keyboard or mouse for this long. Latchkey also locks when the computer sleeps, the screen locks or another user takes over.',
    lockAfter: 'Lock after',
    locks: (minutes: number | null) =>
      minutes === null ? 'Latchkey does not lock by itself' : `Latchkey locks after ${count(minutes, { one: 'minute', other: 'minutes' })}`,
    clipboard: 'Clipboard',
    clipboardText: 'A value you copy is cleared after this time, and when Latchkey locks or quits, unless you copied something else since.',
    clearAfter: 'Clear a copied value after',
    clears: (time: string) => `The clipboard is cleared after ${time}`,
    approvals: 'Approvals',
    approvalsText: 'How long a site or a program may have a key when you allow it for a while. A lock ends it too.',
    approvedFor: 'Allow for a while',
    approves: (time: string) => `For a while is ${time}`,
    trash: 'Trash',
    trashText:
      'How long a value is kept when somebody deletes its key elsewhere, or when you change it. Only time in which Latchkey runs counts. After that it is gone for good.',
    keptFor: 'Keep in the trash for',
    keeps: (time: string) => `Values stay in the trash for ${time}`,
    screen: 'Screen',
    protect: 'Keep windows out of screenshots',
    protectText: 'And out of shared and recorded screens. Windows and macOS can do this; Linux cannot.',
  },
  palette: {
    title: 'Quick palette',
    text: 'A small window that finds a key from anywhere, and types or copies it where you are working.',
    none: (command: string) => `No shortcut is set. ${command} opens the palette too.`,
    works: (command: string) => `The system has given Latchkey this shortcut. ${command} opens the palette too.`,
    refused: (command: string) =>
      `The system did not give Latchkey these keys: another program has them, or this desktop gives them to none. Choose others, or bind ${command} to keys in your desktop’s settings.`,
    types: 'It can type into other windows here. Browsers are filled by the extension instead.',
    off: 'Shortcut turned off',
    set: 'Shortcut set',
    notAvailable: 'Shortcut not available',
  },
  shortcut: {
    press: 'Press the keys…',
    none: 'No shortcut',
    is: (keys: string) => `Shortcut: ${keys}`,
    change: 'Change…',
    turnOff: 'Turn off',
    wrong: 'Hold Ctrl, Alt or Super, and press a letter, a digit or a function key.',
    how: 'At least one of Ctrl, Alt and Super. Escape keeps it as it is.',
  },
  starting: {
    title: 'Start',
    atLogin: 'Start when I sign in',
    atLoginText: 'The palette, the command and the extension are then there from the beginning.',
    hidden: 'Start without a window',
    hiddenText: 'Only when the system starts Latchkey, and only where there is a tray to find it in.',
    tray: 'Stay in the tray',
    trayText: 'Closing the window leaves Latchkey running. Where there is no tray, it quits.',
    noTray: 'There is no tray on this desktop now, so closing the window quits.',
    updates: 'Updates',
    updateChoices: {
      install: { word: 'Install', text: 'A newer version is downloaded, its signature is checked, and it takes over at the next start.' },
      tell: { word: 'Tell me', text: 'Latchkey tells you of a newer version, and downloads it when you say so.' },
      off: { word: 'Off', text: 'Latchkey never looks. You check for newer versions yourself.' },
    },
  },
}
