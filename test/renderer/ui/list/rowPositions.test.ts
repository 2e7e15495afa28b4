import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { positionsOf } from '../../../../renderer/ui/list/listboxRows.ts'
import { RowPositions } from '../../../../renderer/ui/list/rowPositions.ts'

describe('rows below each other', () => {
  const rows = new RowPositions([32, 48, 48, 32, 48])

  it('begin where the row above ends', () => {
    expect([0, 1, 2, 3, 4].map((row) => [rows.top(row), rows.bottom(row)])).toEqual([
      [0, 32],
      [32, 80],
      [80, 128],
      [128, 160],
      [160, 208],
    ])
    expect(rows.height).toBe(208)
  })

  it.each([
    ['the top', 0, 48, { start: 0, end: 2 }],
    ['the middle', 80, 128, { start: 2, end: 4 }],
    ['a part of two rows', 100, 130, { start: 2, end: 4 }],
    ['the end', 200, 1000, { start: 4, end: 5 }],
    ['above the list', -500, -100, { start: 0, end: 1 }],
    ['below the list', 900, 1000, { start: 5, end: 5 }],
  ])('that lie at %s are found', (_where, from, to, found) => {
    expect(rows.between(from, to)).toEqual(found)
  })

  it('of an empty list have no height', () => {
    const none = new RowPositions([])
    expect([none.height, none.between(0, 500)]).toEqual([0, { start: 0, end: 0 }])
  })

  it('are all among those found that a part of the list shows', () => {
    const heights = fc.array(fc.constantFrom(32, 48), { maxLength: 60 })
    fc.assert(
      fc.property(heights, fc.nat(3000), fc.nat(800), (some, from, extent) => {
        const rows = new RowPositions(some)
        const { start, end } = rows.between(from, from + extent)
        const seen = some.flatMap((_height, row) => (rows.bottom(row) > from && rows.top(row) < from + extent ? [row] : []))
        for (const row of seen) expect(row >= start && row < end).toBe(true)
      }),
    )
  })
})

describe('the numbers of options', () => {
  it('leave headings out', () => {
    const heading = (id: string) => ({ id, heading: id, count: 1 })
    expect([...positionsOf([heading('a'), { id: '1' }, { id: '2' }, heading('b'), { id: '3' }])]).toEqual([1, 1, 2, 3, 3])
  })
})
