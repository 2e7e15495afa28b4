import { describe, expect, it } from 'vitest'
import { parseSecondInstanceData, parseLaunchArguments } from '../../../main/desktop/launch-request.ts'

describe('the launch request in command-line arguments', () => {
  it.each([
    ['nothing but itself', ['/opt/Latchkey/latchkey'], { hidden: false, link: null }],
    ['no window', ['latchkey', '--hidden'], { hidden: true, link: null }],
    ['a link', ['latchkey', 'latchkey://lock'], { hidden: false, link: { verb: 'lock' } }],
    ['a link that is none', ['latchkey', 'latchkey://delete/all'], { hidden: false, link: 'refused' }],
    ['two links', ['latchkey', 'latchkey://open', 'latchkey://lock'], { hidden: false, link: 'refused' }],
    ['words of nobody', ['latchkey', '/home/dev/notes.txt', '--hidden=1', '-x'], { hidden: false, link: null }],
  ])('is %s', (_what, words, wish) => {
    expect(parseLaunchArguments(words)).toEqual(wish)
    expect(parseSecondInstanceData(JSON.parse(JSON.stringify(wish)))).toEqual(wish)
  })

  it.each([
    ['nothing', undefined],
    ['an older version’s', {}],
    ['a link as text', { hidden: false, link: 'latchkey://open' }],
    ['a link that is none', { hidden: false, link: { verb: 'delete' } }],
    ['more than is asked', { hidden: false, link: null, value: 'x' }],
    ['more than a link has', { hidden: false, link: { verb: 'open', value: 'x' } }],
  ])('is not known where %s is handed over', (_what, data) => {
    expect(parseSecondInstanceData(data)).toBeNull()
  })
})
