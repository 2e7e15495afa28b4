import { describe, expect, it } from 'vitest'
import { acceleratorOf, keysOf, type Press } from '../../../../renderer/features/settings/accelerator.ts'

type Held = 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'

/** A press on a layout that has `key` at that position; the default is the American layout. */
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

describe('recording a shortcut', () => {
  it.each([
    [press('KeyK', 'ctrlKey', 'altKey'), 'Ctrl+Alt+K'],
    [press('Digit7', 'metaKey', 'shiftKey'), 'Shift+Super+7'],
    [press('F12', 'ctrlKey'), 'Ctrl+F12'],
    [press('F24', 'altKey'), 'Alt+F24'],
    [press('Space', 'ctrlKey', 'altKey', 'shiftKey', 'metaKey'), 'Ctrl+Alt+Shift+Super+Space'],
    [press('PageUp', 'altKey'), 'Alt+PageUp'],
  ])('accepts a shortcut: %o is %s', (pressed, accelerator) => {
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
  ])('rejects a shortcut that would take a key from every program: %o', (pressed) => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) expect(acceleratorOf(pressed, platform)).toBe(null)
  })

  // Regression: the position was taken for the letter. On a German keyboard Ctrl+Alt+Z was stored as Y, on a French one Ctrl+Alt+A as Q.
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
  ])('uses the letters of the layout, but on macOS the positions: %s, %o', (_layout, place, letter, atPlace) => {
    const pressed = press(place, 'ctrlKey', 'altKey')
    const kept = (platform: 'linux' | 'win32' | 'darwin') => acceleratorOf(pressed, platform)?.split('+').at(-1) ?? null
    expect([kept('linux'), kept('win32'), kept('darwin')]).toEqual([letter, letter, atPlace])
  })

  it('ignores a key that types a special character on this layout, because the letter is on another key', () => {
    const comma = { code: 'KeyM', key: ',' } // AZERTY
    expect([acceleratorOf(press(comma, 'ctrlKey'), 'linux'), acceleratorOf(press(comma, 'altKey'), 'win32')]).toEqual([null, null])
  })

  it('takes a letter where Windows reads Ctrl+Alt as AltGr and the key types a special character', () => {
    expect(acceleratorOf(press({ code: 'KeyQ', key: '@' }, 'ctrlKey', 'altKey'), 'win32')).toBe('Ctrl+Alt+Q')
  })

  it("shows keys under the system's names", () => {
    expect(keysOf('Ctrl+Alt+K', 'linux')).toEqual(['Ctrl', 'Alt', 'K'])
    expect(keysOf('Shift+Super+PageUp', 'linux')).toEqual(['Shift', 'Super', 'Page Up'])
    expect(keysOf('Super+K', 'win32')).toEqual(['Win', 'K'])
    expect(keysOf('Ctrl+Alt+Shift+Super+K', 'darwin')).toEqual(['⌃', '⌥', '⇧', '⌘', 'K'])
  })
})
