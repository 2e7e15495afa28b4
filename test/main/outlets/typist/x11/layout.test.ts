import { describe, expect, it } from 'vitest'
import { type Layout, planSpareKeys, type Stroke } from '../../../../../main/outlets/typist/x11/layout.ts'
import { printable } from './screen.ts'
import { codeThrown } from '../../../vault/fixtures/refused.ts'

/** A keyboard without these characters, with those on keys that are functions too, and with so many keys that it does not have. */
function layout(missing: string, shared: string, spareKeys: number): Layout {
  const given = [...printable].filter((character) => !missing.includes(character))
  const strokeOf = (character: string): Stroke => ({ codes: [10], group: 0, shared: shared.includes(character) })
  return {
    strokes: new Map(given.map((character) => [character, strokeOf(character)])),
    spare: Array.from({ length: spareKeys }, (_, index) => 251 - index),
  }
}

function planned(keyboard: Layout, text: string): [number, string][] {
  return planSpareKeys(keyboard, text).map(({ code, keysyms }) => [code, String.fromCharCode(...keysyms)])
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

describe('a layout that lacks characters', () => {
  it('is left alone by a text that it has', () => {
    expect(planned(layout('^`', '', 4), 'plain')).toEqual([])
  })

  it('gets all that is missing on a key that nobody has, once one of them is needed', () => {
    expect(planned(layout('^`', '', 4), 'a^b')).toEqual([[251, '^`']])
  })

  // The keyboard told what was typed: what the text needs stood first.
  it('gets the same whichever of them is needed, where there is room for all', () => {
    expect(planned(layout('^`', '', 4), 'a`b')).toEqual([[251, '^`']])
  })

  it('gets first what the text needs where there is not room for all', () => {
    expect(planned(layout(letters, '', 2), 'zyx')).toEqual([
      [251, 'xyzA'],
      [250, 'BCDE'],
    ])
  })

  it('is refused where there is no room for what the text needs', () => {
    expect(codeThrown(() => planned(layout(letters, '', 2), 'abcdefghi'))).toBe('typing-untypable')
  })
})

// xterm took the Shift+X of the layout Neo, whose key gives Prior on another level, for Shift+Prior: it scrolled, and X was lost.
describe('a layout with characters on keys that are functions too', () => {
  it('gets them on keys that are no functions', () => {
    expect(planned(layout('', 'XWQ', 4), 'aXb')).toEqual([[251, 'QWX']])
  })

  it('keeps those that there is no room for where they are, and places first what is missing', () => {
    expect(planned(layout('^', letters, 1), 'aX^')).toEqual([[251, '^Xa`'.slice(0, 3) + 'A']])
  })
})
