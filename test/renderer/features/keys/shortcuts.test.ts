import { describe, expect, it } from 'vitest'
import { commandOf, type Press } from '../../../../renderer/features/keys/shortcuts.ts'

function press(key: string, held: Partial<Press> = {}): Press {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held }
}

const ctrl = { ctrlKey: true }

describe('commandOf: shortcuts', () => {
  it.each([
    [press('n', ctrl), 'new'],
    [press('n', { metaKey: true }), 'new'],
    [press('f', ctrl), 'search'],
    [press('/'), 'search'],
    [press('/', { shiftKey: true }), 'search'],
    [press('F5'), 'sync'],
    [press('C', { ctrlKey: true, shiftKey: true }), 'copy'],
    [press('V', { ctrlKey: true, shiftKey: true }), 'reveal'],
    [press('z', ctrl), 'undo'],
    [press('l', ctrl), 'lock'],
    [press('?', { shiftKey: true }), 'shortcuts'],
    [press('A', { ctrlKey: true, shiftKey: true }), 'all'],
  ] as const)('maps %o to its command', (pressed, command) => {
    expect(commandOf(pressed, false)).toBe(command)
  })

  it('leaves keys to a text field that the field handles itself', () => {
    expect(commandOf(press('/'), true)).toBeNull()
    expect(commandOf(press('?', { shiftKey: true }), true)).toBeNull()
    expect(commandOf(press('z', ctrl), true)).toBeNull()
    expect(commandOf(press('n', ctrl), true)).toBe('new')
  })

  it.each([
    ['plain letters', press('n')],
    ['Ctrl+C, which copies what is selected', press('c', ctrl)],
    ['Ctrl+V', press('v', ctrl)],
    ['redo', press('Z', { ctrlKey: true, shiftKey: true })],
    ['AltGr, which types characters on many layouts', press('n', { ctrlKey: true, altKey: true })],
    ['Shift+F5', press('F5', { shiftKey: true })],
  ])('returns null for %s', (_what, pressed) => {
    expect(commandOf(pressed, false)).toBeNull()
  })
})
