import { describe, expect, it } from 'vitest'
import { macScripts } from '../../../../../main/outlets/typist/scripts/mac-scripts.ts'
import { ScriptTypist } from '../../../../../main/outlets/typist/scripts/script-typist.ts'
import { windowsScripts } from '../../../../../main/outlets/typist/scripts/windows-scripts.ts'
import { Secret } from '../../../../../main/vault/secret.ts'
import { recordedStart } from './recorded-start.ts'
import { printable } from '../x11/screen.ts'

const window = { id: '4711', program: '/Applications/Notes.app/Contents/MacOS/Notes', title: 'Notes', pid: 70 }

describe.each([
  ['macOS', macScripts, '/usr/bin/osascript'],
  ['Windows', windowsScripts, 'powershell.exe'],
])('typing on %s', (_system, scripts, command) => {
  const open = (...answers: (string | null)[]): { typist: ScriptTypist; started: ReturnType<typeof recordedStart>['started'] } => {
    const { start, started } = recordedStart(answers)
    return { typist: new ScriptTypist(start, scripts), started }
  }
  const target = { ...window, browser: false }
  const unlocked = new AbortController().signal

  it('hands the value over at the standard input alone, after the window that it is for', async () => {
    const { typist, started } = open('{}')
    await typist.type(new Secret(printable), target, unlocked)
    expect(started).toEqual([{ command, args: scripts.type.args, input: `4711\n70\n${printable}\n`, ended: false }])
  })

  it('knows the window that has the focus', async () => {
    const { typist } = open(JSON.stringify(window))
    expect(await typist.target()).toEqual(target)
    expect(typist.unavailable).toBeNull()
  })

  it('takes a program that it cannot see for a browser', async () => {
    const { typist } = open(JSON.stringify({ ...window, program: '' }))
    expect(await typist.target()).toMatchObject({ program: null, browser: true })
  })

  it.each([
    ['none', '{}'],
    ['one of our own', JSON.stringify({ ...window, pid: process.pid })],
    ['one without a number', '{"id":"","pid":70}'],
  ])('finds no target where the window is %s', async (_which, answer) => {
    const { typist } = open(answer)
    expect(await typist.target()).toBeNull()
  })

  it.each([
    ['is not allowed to', '{"refused":"not-allowed"}'],
    ['fails', null],
    ['answers what it should not', 'x'],
  ])('says that it cannot type where the script %s, and finds out again the next time', async (_how, answer) => {
    const { typist } = open(answer, JSON.stringify(window))
    expect([await typist.target(), typist.unavailable]).toEqual([null, 'typing-unavailable'])
    await typist.target()
    expect(typist.unavailable).toBeNull()
  })

  it.each([
    ['changed', 'target-changed'],
    ['held', 'keys-held'],
    ['not-allowed', 'typing-unavailable'],
    ['of another version', 'typing-unavailable'],
  ])('refuses as the script does: %s', async (refused, code) => {
    const { typist } = open(JSON.stringify({ refused }))
    await expect(typist.type(new Secret('abc'), target, unlocked)).rejects.toThrow(code)
  })

  it('ends the script when the vault is locked', async () => {
    const { typist, started } = open(null)
    const lock = new AbortController()
    const typing = typist.type(new Secret('abc'), target, lock.signal)
    lock.abort()
    await expect(typing).rejects.toThrow('locked')
    expect(started.map(({ ended }) => ended)).toEqual([true])
    await expect(typist.type(new Secret('abc'), target, lock.signal)).rejects.toThrow('locked')
    expect(started).toHaveLength(1)
  })

  it('waits until no key is held', async () => {
    const { typist, started } = open('{}', '{"refused":"held"}')
    await typist.waitForKeysReleased()
    await expect(typist.waitForKeysReleased()).rejects.toThrow('keys-held')
    expect(started.map(({ args, input }) => [args, input])).toEqual([
      [scripts.release.args, ''],
      [scripts.release.args, ''],
    ])
  })

  it('starts nothing for a value that cannot be typed', async () => {
    const { typist, started } = open()
    await expect(typist.type(new Secret('ab\n70'), target, unlocked)).rejects.toThrow('typing-untypable')
    expect(started).toEqual([])
  })
})

describe('the scripts for Windows', () => {
  const decoded = Object.values(windowsScripts).map(({ args }) => Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le'))

  it('fit into a command line', () => {
    for (const { args } of Object.values(windowsScripts)) expect(args.join(' ').length).toBeLessThan(32_000)
  })

  it('hand nothing that they read to a command of PowerShell’s, which Windows may write down', () => {
    for (const script of decoded) {
      const [, compiled = '', rest = ''] = /@'\n([^]*)\n'@\n([^]*)/.exec(script) ?? []
      expect(compiled).toContain('class Keys')
      expect(rest).not.toMatch(/Console\]::In|Read-Host|\$input/)
    }
  })
})
