import { describe, expect, it } from 'vitest'
import { acceleratorOf, keysOf, type Press } from '../../../../renderer/features/settings/accelerator.ts'

type Held = 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'

/** On a layout that has `key` at that place; without one said, an American one. */
function press(place: string | { code: string; key: string }, ...held: Held[]): Press {
  const { code, key } = typeof place === 'string' ? { code: place, key: place.replace(/^(Key|Digit|Numpad)/, '') } : place
  return {
    code,
    key,
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    ...Object.fromEntries(held.map((one) => [one, true])),
  }
}

describe('keys pressed together', () => {
  it.each([
    [press('KeyK', 'ctrlKey', 'altKey'), 'Ctrl+Alt+K'],
    [press('Digit7', 'metaKey', 'shiftKey'), 'Shift+Super+7'],
    [press('F12', 'ctrlKey'), 'Ctrl+F12'],
    [press('F24', 'altKey'), 'Alt+F24'],
    [press('Space', 'ctrlKey', 'altKey', 'shiftKey', 'metaKey'), 'Ctrl+Alt+Shift+Super+Space'],
    [press('PageUp', 'altKey'), 'Alt+PageUp'],
  ])('are a shortcut: %o is %s', (pressed, accelerator) => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) expect(acceleratorOf(pressed, platform)).toBe(accelerator)
  })

  it.each([
    press('KeyK'),
    press('KeyK', 'shiftKey'),
    press('F12'),
    press('ControlLeft', 'ctrlKey'),
    press('Enter', 'ctrlKey'),
    press('Escape', 'ctrlKey'),
    press('Tab', 'altKey'),
    press('F25', 'ctrlKey'),
    press('Numpad1', 'ctrlKey'),
    press('', 'ctrlKey'),
  ])('are none, if every program would lose a key by it: %o', (pressed) => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) expect(acceleratorOf(pressed, platform)).toBe(null)
  })

  // The place was taken for the letter: on a German keyboard Ctrl+Alt+Z was kept as Y, and on a French one Ctrl+Alt+A as Q.
  it.each([
    ['QWERTZ', { code: 'KeyY', key: 'z' }, 'Z', 'Y'],
    ['QWERTZ', { code: 'KeyZ', key: 'Y' }, 'Y', 'Z'],
    ['AZERTY', { code: 'KeyQ', key: 'a' }, 'A', 'Q'],
    ['AZERTY', { code: 'KeyA', key: 'Q' }, 'Q', 'A'],
    ['AZERTY, whose digits need Shift', { code: 'Digit1', key: '&' }, '1', '1'],
    ['AZERTY', { code: 'Digit1', key: '1' }, '1', '1'],
    ['AZERTY, whose M is beside the L', { code: 'Semicolon', key: 'm' }, 'M', null],
    ['a Russian layout', { code: 'KeyR', key: 'к' }, 'R', 'R'],
    ['a layout with a dead key', { code: 'KeyE', key: 'Dead' }, 'E', 'E'],
  ])('are the letters of the layout, but on macOS the places: %s, %o', (_layout, place, letter, atPlace) => {
    const pressed = press(place, 'ctrlKey', 'altKey')
    const kept = (platform: 'linux' | 'win32' | 'darwin') => acceleratorOf(pressed, platform)?.split('+').at(-1) ?? null
    expect([kept('linux'), kept('win32'), kept('darwin')]).toEqual([letter, letter, atPlace])
  })

  it('are no letter where the layout has a sign: the letter is on another key', () => {
    const comma = { code: 'KeyM', key: ',' } // AZERTY
    expect([acceleratorOf(press(comma, 'ctrlKey'), 'linux'), acceleratorOf(press(comma, 'altKey'), 'win32')]).toEqual([null, null])
  })

  it('are a letter also where Windows takes Ctrl and Alt for AltGr, and it has a sign then', () => {
    expect(acceleratorOf(press({ code: 'KeyQ', key: '@' }, 'ctrlKey', 'altKey'), 'win32')).toBe('Ctrl+Alt+Q')
  })

  it('are called as the system calls them', () => {
    expect(keysOf('Ctrl+Alt+K', 'linux')).toEqual(['Ctrl', 'Alt', 'K'])
    expect(keysOf('Shift+Super+PageUp', 'linux')).toEqual(['Shift', 'Super', 'Page Up'])
    expect(keysOf('Super+K', 'win32')).toEqual(['Win', 'K'])
    expect(keysOf('Ctrl+Alt+Shift+Super+K', 'darwin')).toEqual(['⌃', '⌥', '⇧', '⌘', 'K'])
  })
})
