import { describe, expect, it } from 'vitest'
import { coverCharacters, parseLayout } from '../../../../main/outlets/typist/x11-layout.ts'
import { recordedStart } from './recorded-start.ts'

/** The German layout's way: its ^ and ` are accents, and not those characters. */
const german = keymap('dead_circumflex dead_grave', 4)
/** One without any Latin letter. */
const greek = keymap('Greek_alpha', 2, true)

describe('a layout that lacks characters', () => {
  it('is read from the keyboard’s table', () => {
    expect(parseLayout(german)).toEqual({ missing: ['asciicircum', 'grave'], spare: [248, 249, 250, 251] })
  })

  it('is left alone by a text that it has', async () => {
    const { start, started } = recordedStart([german])
    await coverCharacters(start, 'plain')
    expect(started.map(({ command, args }) => [command, ...args])).toEqual([['xmodmap', '-pke']])
  })

  it('gets all that is missing on a key that nobody has, once one of them is needed', async () => {
    const { start, started } = recordedStart([german, ''])
    await coverCharacters(start, 'a^b')
    expect(started[1]).toEqual({ command: 'xmodmap', args: ['-'], input: 'keycode 251 = asciicircum grave\n', ended: false })
  })

  it('gets first what the text needs where there is not room for all', async () => {
    const { start, started } = recordedStart([greek, ''])
    await coverCharacters(start, 'zyx')
    expect(started[1]?.input).toBe('keycode 249 = x y z A\nkeycode 248 = B C D E\n')
  })

  it('is refused where there is no room for what the text needs', async () => {
    const { start } = recordedStart([greek])
    await expect(coverCharacters(start, 'abcdefghi')).rejects.toThrow('typing-untypable')
  })

  it('is refused where it cannot be read', async () => {
    const { start } = recordedStart([null])
    await expect(coverCharacters(start, 'a')).rejects.toThrow('typing-unavailable')
  })
})

/** What `xmodmap -pke` prints of a keyboard with these keysyms instead of ^ and `, and so many keys without any. */
function keymap(others: string, spare: number, withoutLetters = false): string {
  const marks =
    'space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright asterisk plus comma minus period ' +
    'slash colon semicolon less equal greater question at bracketleft backslash bracketright underscore braceleft bar braceright ' +
    'asciitilde 0 1 2 3 4 5 6 7 8 9'
  const letters = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `${letter} ${letter.toUpperCase()} ${letter} ${letter.toUpperCase()}`)
  const given = [...marks.split(' '), ...(withoutLetters ? ['asciicircum grave'] : letters), others]
  const empty = Array.from({ length: spare }, () => '')
  const first = 248 - given.length
  return [...given, ...empty]
    .map((keysyms, index) => `keycode ${String(first + index).padStart(3)} =${keysyms && ` ${keysyms}`}\n`)
    .join('')
}
