import { Refusal } from '../../vault/refusal.ts'
import { run, type Start } from './program.ts'

/** The keysyms of printable ASCII, as xmodmap names them, in ASCII's order. */
const names = [
  ...'space exclam quotedbl numbersign dollar percent ampersand apostrophe parenleft parenright asterisk plus comma'.split(' '),
  ...'minus period slash 0 1 2 3 4 5 6 7 8 9 colon semicolon less equal greater question at'.split(' '),
  ...'A B C D E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft backslash bracketright asciicircum'.split(' '),
  ...'underscore grave a b c d e f g h i j k l m n o p q r s t u v w x y z braceleft bar braceright asciitilde'.split(' '),
]
const aKeyHolds = 4 // two levels in each of two groups

/**
 * Sees to it that every character of the text is on some key. A layout with accents has none for ^ or `, and xdotool would lend them a
 * key for the moment of the stroke: the target reads the stroke after that moment, and gets another character or none. So they are
 * put on keys that the keyboard does not have, and stay there, where nobody can press them. What else of ASCII is missing is put
 * there too as far as there is room, so that the keyboard does not tell what was typed.
 * @param text of printable ASCII
 * @throws Refusal `typing-untypable` if there is no room for them; `typing-unavailable`
 */
export async function coverCharacters(start: Start, text: string): Promise<void> {
  const { missing, spare } = parseLayout(await xmodmap(start, ['-pke'], ''))
  const needed = missing.filter((name) => text.includes(characterOf(name)))
  if (needed.length === 0) return
  const room = spare.length * aKeyHolds
  if (needed.length > room) throw new Refusal('typing-untypable')
  const placed = [...needed, ...missing.filter((name) => !needed.includes(name))].slice(0, room)
  await xmodmap(start, ['-'], expressions(placed, spare))
}

function characterOf(name: string): string {
  return String.fromCharCode(32 + names.indexOf(name))
}

/** @param table what `xmodmap -pke` prints: `keycode NUMBER = NAME NAME …`, a line a key */
export function parseLayout(table: string): { missing: string[]; spare: number[] } {
  const keys = [...table.matchAll(/^keycode +(\d+) =(.*)$/gm)].map(([, code, keysyms = '']) => ({
    code: Number(code),
    keysyms: keysyms.split(' ').filter((name) => name !== ''),
  }))
  const present = new Set(keys.flatMap(({ keysyms }) => keysyms))
  return {
    missing: names.filter((name) => !present.has(name)),
    spare: keys.filter(({ keysyms }) => keysyms.length === 0).map(({ code }) => code),
  }
}

/** From the last key on: the first ones belong to keys that some keyboards have. */
function expressions(placed: readonly string[], spare: readonly number[]): string {
  const codes = [...spare].reverse()
  return codes
    .map((code, index) => ({ code, keysyms: placed.slice(index * aKeyHolds, (index + 1) * aKeyHolds) }))
    .filter(({ keysyms }) => keysyms.length > 0)
    .map(({ code, keysyms }) => `keycode ${code} = ${keysyms.join(' ')}\n`)
    .join('')
}

async function xmodmap(start: Start, args: readonly string[], input: string): Promise<string> {
  const { status, stdout } = await run(start, 'xmodmap', args, input)
  if (status !== 0) throw new Refusal('typing-unavailable')
  return stdout
}
