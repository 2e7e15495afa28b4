import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AppOutlets, createOutlets, type OutletParts } from '../../../main/app/create-outlets.ts'
import { everyFailure, failures } from './failing-steps.ts'

/** The calls to the outlets' parts, in order, and the part that is to fail, with how. */
const stage = vi.hoisted(() => ({
  did: [] as string[],
  failing: { step: '', how: (): unknown => undefined },
}))
const parts = vi.hoisted(() => (name: string, ...members: string[]) => {
  const begin = (step: string) => (): unknown => {
    stage.did.push(step)
    return stage.failing.step === step ? stage.failing.how() : Promise.resolve()
  }
  return function (): object {
    return Object.fromEntries(members.map((member) => [member, begin(`${name}.${member}`)]))
  }
})

vi.mock('electron', () => ({ app: { getVersion: () => '0', getPath: () => '/nowhere' }, globalShortcut: {}, shell: {} }))
vi.mock('../../../main/outlets/clipboard.ts', () => ({ Clipboard: parts('clipboard', 'clear') }))
vi.mock('../../../main/agent/agent.ts', () => ({ Agent: parts('agent', 'dropSessions', 'close') }))
vi.mock('../../../main/outlets/palette.ts', () => ({ Palette: parts('palette', 'lock') }))
vi.mock('../../../main/windows/small-windows.ts', () => ({
  SmallWindows: function () {
    return { ...parts('windows', 'lock', 'end')(), palette: { serve: () => {} } }
  },
}))
vi.mock('../../../main/agent/browser/extension-endpoint.ts', () => ({ ExtensionEndpoint: function () {} }))
vi.mock('../../../main/outlets/system-clipboard.ts', () => ({ systemClipboard: () => ({}) }))
vi.mock('../../../main/outlets/shortcut.ts', () => ({ Shortcut: function () {} }))
vi.mock('../../../main/outlets/typist/open-typist.ts', () => ({ isWayland: () => false, openTypist: () => ({}) }))

const reported: unknown[] = []
let ways: AppOutlets

beforeEach(() => {
  stage.failing = { step: '', how: () => undefined }
  stage.did.length = reported.length = 0
  ways = createOutlets({
    profile: { folder: '/nowhere', path: () => '/nowhere/file' },
    preferences: { onChange: () => {} },
    report: (error: unknown) => void reported.push(error),
  } as unknown as OutletParts)
})
afterEach(() => void vi.useRealTimers())

const locks = ['clipboard.clear', 'agent.dropSessions', 'palette.lock', 'windows.lock']
const ends = ['windows.end', 'agent.close', 'clipboard.clear']

describe.each([
  ['a lock', locks, () => ways.lock()],
  ['quitting', ends, () => ways.close()],
] as const)('at %s', (_, steps, act) => {
  // When the clipboard could not be cleared, the browsers' sessions stayed open and prompts unanswered.
  it.each(everyFailure(steps))('every outlet is closed even if %s %s', async (step, how) => {
    stage.failing = { step, how: failures[how] }
    let over = false
    const acted = act().then(() => (over = true))
    expect(stage.did).toEqual(steps)
    if (how === 'never ends') await new Promise(setImmediate)
    else await acted
    expect([over, reported.length]).toEqual(how === 'never ends' ? [false, 0] : [true, 1])
  })
})
