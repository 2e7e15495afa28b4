import { describe, expect, it } from 'vitest'
import { acceleratorOf, keysOf, type Press } from '../../../renderer/settings/accelerator.ts'

function press(code: string, ...held: ('ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey')[]): Press {
  const none = { code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false }
  return held.reduce((pressed, key) => ({ ...pressed, [key]: true }), none)
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
    expect(acceleratorOf(pressed)).toBe(accelerator)
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
    expect(acceleratorOf(pressed)).toBe(null)
  })

  it('are called as the system calls them', () => {
    expect(keysOf('Ctrl+Alt+K', 'linux')).toEqual(['Ctrl', 'Alt', 'K'])
    expect(keysOf('Shift+Super+PageUp', 'linux')).toEqual(['Shift', 'Super', 'Page Up'])
    expect(keysOf('Super+K', 'win32')).toEqual(['Win', 'K'])
    expect(keysOf('Ctrl+Alt+Shift+Super+K', 'darwin')).toEqual(['⌃', '⌥', '⇧', '⌘', 'K'])
  })
})
