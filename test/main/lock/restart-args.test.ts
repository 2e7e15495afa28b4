import { describe, expect, it } from 'vitest'
import { parseLockedArgument, lockedArgument, type View, restartArguments } from '../../../main/lock/restart-args.ts'

const view: View = { bounds: { x: -40, y: 25, width: 1080, height: 720 }, shown: 'maximized', focused: true }

describe('the argument that tells the next process of a lock', () => {
  it('says how the window was', () => {
    expect(parseLockedArgument([lockedArgument(view)])).toEqual(view)
    const gone: View = { bounds: null, shown: 'none', focused: false }
    expect(parseLockedArgument([lockedArgument(gone)])).toEqual(gone)
  })

  it('is a lock whatever stands in it', () => {
    for (const word of [
      '--locked',
      '--locked=',
      '--locked=1,2',
      '--locked=a,b,c,d:normal',
      '--locked=1,2,3,4:open',
      '--locked=1,2,3,4:normal:focused;',
    ]) {
      expect(parseLockedArgument(['app', word]), word).toEqual({ bounds: null, shown: 'normal', focused: false })
    }
  })

  it('is not there at an ordinary start', () => {
    expect(parseLockedArgument(['app', '--hidden', '--lockedness', 'locked', 'latchkey://lock'])).toBeNull()
  })

  it('takes the place of the one before, and of what was said to the process before alone', () => {
    const words = [
      '--ozone-platform=wayland',
      '/srv/app',
      '--hidden',
      '--locked=1,2,3,4:hidden',
      'latchkey://key/a/b',
      'LATCHKEY://open',
      '--updated',
    ]
    expect(restartArguments(words, view)).toEqual(['--ozone-platform=wayland', '/srv/app', '--locked=-40,25,1080,720:maximized:focused'])
  })
})
