import { Refusal } from '../../../vault/refusal.ts'
import type { X11Display } from './display.ts'

/** How a character is typed. */
export interface Stroke {
  /** The keys to press, modifiers first. */
  readonly codes: readonly number[]
  readonly group: number
  /**
   * The key gives a function on another level, as Prior on the key of X in the layout Neo. Programs that are made with the X Toolkit, as
   * xterm, look for their shortcuts on all levels of a key: they take a Shift+X for Shift+Prior, and the character is lost.
   */
  readonly shared: boolean
}

export interface Layout {
  readonly strokes: ReadonlyMap<string, Stroke>
  /** Keys that the keyboard does not have, from the last one on: the first ones belong to keys that some keyboards have. */
  readonly spare: readonly number[]
}

export interface KeyMapping {
  readonly code: number
  readonly keysyms: readonly number[]
}

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
const keysymsPerKey = 4 // two levels in each of two groups
const [mostGroups, mostLevels] = [4, 8]
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
  const groups = Array.from({ length: mostGroups }, (_, group) =>
    Array.from({ length: mostLevels }, (_, level) => display.keysym(code, group, level)),
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
 * Sees to it that every character of the text is on a key of its own. A layout with accents has none for ^ or `; others have characters
 * on keys that are functions too. They are put on keys that the keyboard does not have, and stay there, where nobody can press them: one
 * that is put there for the moment of the stroke is read by the target after that moment. All of them are put there as far as there is
 * room, so that the keyboard does not tell what was typed.
 * @param text of printable ASCII
 * @returns what spare keys have to give from now on
 * @throws Refusal `typing-untypable` if there is no room for those that the text needs
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
