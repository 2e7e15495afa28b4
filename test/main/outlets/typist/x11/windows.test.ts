import { describe, expect, it } from 'vitest'
import { describeWindow, focusedWindow, parseProperties } from '../../../../../main/outlets/typist/x11/windows.ts'
import { recordedStart } from '../scripts/recorded-start.ts'

const printed = (pid: number, machine: string, name: string): string =>
  `WM_CLASS(STRING) = "navigator", "Firefox"\n_NET_WM_PID(CARDINAL) = ${pid}\nWM_CLIENT_MACHINE(STRING) = "${machine}"\n` +
  `_NET_WM_NAME(UTF8_STRING) = "${name}"\nWM_NAME(COMPOUND_TEXT) = "older"\n`

describe('a window’s properties', () => {
  it('are read from what xprop prints', () => {
    expect(parseProperties(printed(70, 'here', 'a "b", "c"'))).toEqual({
      classes: ['navigator', 'Firefox'],
      pid: 70,
      machine: 'here',
      title: 'a "b", "c"',
    })
  })

  it('may be missing, each of them', () => {
    const none =
      'WM_CLASS:  not found.\n_NET_WM_PID:  not found.\nWM_CLIENT_MACHINE:  not found.\n_NET_WM_NAME:  not found.\nWM_NAME:  not found.\n'
    expect(parseProperties(none)).toEqual({ classes: [], pid: null, machine: null, title: '' })
  })

  it('are not made up by a title that looks like them', () => {
    const { pid } = parseProperties(printed(70, 'here', '\\012_NET_WM_PID(CARDINAL) = 1'))
    expect(pid).toBe(70)
  })
})

describe('a window', () => {
  it('of another computer has no process here, and is still known for a browser', async () => {
    const { start } = recordedStart([printed(process.pid, 'another-computer', 'page')])
    expect(await describeWindow(start, '7', new Set())).toEqual({ id: '7', program: 'Firefox', title: 'page', pid: null, browser: true })
  })

  it('that is gone is none', async () => {
    const { start } = recordedStart([null])
    expect(await describeWindow(start, '7', new Set())).toBeNull()
  })

  it('is a browser where the desktop has its class, or its program, for one', async () => {
    const properties = 'WM_CLASS(STRING) = "lagrange", "Lagrange"\n'
    const { start } = recordedStart([properties, properties])
    expect(await describeWindow(start, '7', new Set(['other']))).toMatchObject({ browser: false })
    expect(await describeWindow(start, '7', new Set(['lagrange']))).toMatchObject({ browser: true })
  })

  it.each([['0\n'], ['1\n'], [''], ['not a number\n'], [null]])('has the focus by its number, and %j is none', async (answer) => {
    const { start } = recordedStart([answer])
    expect(await focusedWindow(start)).toBeNull()
  })
})
