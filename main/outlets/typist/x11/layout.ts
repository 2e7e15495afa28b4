import { Refusal } from '../../../vault/refusal.ts'
import type { X11Display } from './display.ts'

/** How a character is typed. */
export interface Stroke {
  /** The keys to press, modifiers first. */
  readonly codes: readonly number[]
  readonly group: number
  /**
   * Whether the key has a function on another level, such as Prior on the X key of the layout Neo. Programs of the X Toolkit, such as
   * xterm, look for their shortcuts on all levels of a key: they take Shift+X for Shift+Prior, and the character is lost.
   */
  readonly shared: boolean
}

export interface Layout {
  readonly strokes: ReadonlyMap<string, Stroke>
  /** Key codes that this keyboard does not have, last one first: some keyboards have keys with the first ones. */
  readonly spare: readonly number[]
}

export interface KeyMapping {
  readonly code: number
  readonly keysyms: readonly number[]
}

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
const keysymsPerKey = 4 // two levels in each of two groups
const [maxGroups, maxLevels] = [4, 8]
const shiftKeys = [0xffe1, 0xffe2]
const levelThreeShift = 0xfe03
const shift = 0x01

/** Reads which keys give which characters, with the current layouts. */
export function readLayout(display: X11Display): Layout {
  const { group: current, steady } = display.state()
  const keys = display.keycodes().map((code) => ({ code, groups: keysymsOf(display, code) }))
  const groupCount = Math.max(1, ...keys.map(({ groups }) => groups.length))
  const groups = [current, ...Array.from({ length: groupCount }, (_, group) => group).filter((group) => group !== current)]
  const strokes = new Map<string, Stroke>()
  // The first way to type a character wins: keys without functions before others, and the current layout before others.
  for (const shared of [false, true]) {
    const candidates = keys.filter(({ groups }) => groups.length > 0 && groups.flat().some(isFunction) === shared)
    for (const group of groups) {
      const chords = chordsOf(display, keys, group)
      for (const { code } of candidates) {
        for (const { modifiers, holding } of chords) {
          const character = characterOf(display.keysymWith(code, modifiers | steady, group))
          if (character !== null && !strokes.has(character)) strokes.set(character, { codes: [...holding, code], group, shared })
        }
      }
    }
  }
  return { strokes, spare: keys.flatMap(({ code, groups }) => (groups.length === 0 ? [code] : [])).reverse() }
}

/** Indexed by group and level. */
function keysymsOf(display: X11Display, code: number): number[][] {
  const groups = Array.from({ length: maxGroups }, (_, group) =>
    Array.from({ length: maxLevels }, (_, level) => display.keysym(code, group, level)),
  )
  while (groups.at(-1)?.every((keysym) => keysym === 0)) groups.pop()
  return groups
}

/** The combinations of modifier keys that can be held with a key. */
function chordsOf(
  display: X11Display,
  keys: readonly { readonly code: number }[],
  group: number,
): { modifiers: number; holding: number[] }[] {
  const keyOf = (...keysyms: number[]): number[] =>
    keys.map(({ code }) => code).filter((code) => keysyms.includes(display.keysymWith(code, 0, group)))
  const [shiftKey] = keyOf(...shiftKeys)
  const [levelThreeKey] = keyOf(levelThreeShift)
  const levelThree = display.modifiersOf(levelThreeShift)
  return [
    { modifiers: 0, holding: [] },
    { modifiers: shift, holding: [shiftKey] },
    { modifiers: levelThree, holding: [levelThreeKey] },
    { modifiers: shift | levelThree, holding: [shiftKey, levelThreeKey] },
  ].flatMap(({ modifiers, holding }) => {
    const held = holding.filter((code) => code !== undefined)
    return held.length === holding.length && (levelThree !== 0 || !holding.includes(levelThreeKey)) ? { modifiers, holding: held } : []
  })
}

function isFunction(keysym: number): boolean {
  return keysym >= 0xff00 && keysym <= 0xffff
}

function characterOf(keysym: number): string | null {
  return keysym >= 0x20 && keysym <= 0x7e ? String.fromCharCode(keysym) : null
}

/**
 * Maps characters to spare keys, so that every character of the text can be typed. Layouts with accents have no key for ^ or `, and others
 * have characters on keys with functions. The mappings stay, because the target reads them only after the stroke; nobody can press a spare
 * key. All such characters are mapped as far as there is room, not only those of the text: the mapping would reveal what was typed.
 * @param text of printable ASCII
 * @returns the mappings to be made
 * @throws Refusal `typing-untypable` if there is no room for the characters that the text needs
 */
export function planSpareKeys({ strokes, spare }: Layout, text: string): KeyMapping[] {
  const missing = printable.filter((character) => !strokes.has(character))
  const wanted = printable.filter((character) => strokes.get(character)?.shared ?? true)
  const needed = wanted.filter((character) => text.includes(character))
  if (needed.length === 0) return []
  const room = spare.length * keysymsPerKey
  if (missing.filter((character) => text.includes(character)).length > room) throw new Refusal('typing-untypable')
  return onKeys(wanted.length <= room ? wanted : byNeed(wanted, needed, missing).slice(0, room), spare)
}

function byNeed(wanted: readonly string[], needed: readonly string[], missing: readonly string[]): string[] {
  const rankOf = (character: string): number => (needed.includes(character) ? 0 : 2) + (missing.includes(character) ? 0 : 1)
  return [...wanted].sort((one, other) => rankOf(one) - rankOf(other))
}

function onKeys(characters: readonly string[], spare: readonly number[]): KeyMapping[] {
  const keys = spare.map((code, index) => ({ code, characters: characters.slice(index * keysymsPerKey, (index + 1) * keysymsPerKey) }))
  return keys
    .filter(({ characters }) => characters.length > 0)
    .map(({ code, characters }) => ({ code, keysyms: characters.map((character) => character.charCodeAt(0)) }))
}
