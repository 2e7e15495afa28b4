import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesBelow, readIfThere } from '../../files.ts'
import { Subject } from '../subject.ts'
import { tree } from './package.ts'

const name = 'canary-of-a-name'
/** The most verbose logging of Chromium and Node that needs no switch. */
const talkative = {
  NODE_DEBUG: '*',
  NODE_DEBUG_NATIVE: 'http2,permission_model',
  ELECTRON_ENABLE_LOGGING: '1',
  ELECTRON_ENABLE_STACK_DUMPING: '1',
}

/** Every place in which a value could be left after the key was created, its value revealed, copied and verified, and the vault locked. */
describe('a value', { timeout: 60_000 }, () => {
  let subject: Subject
  let value = ''
  let titles = ''
  let processes = ''

  beforeAll(async () => {
    subject = await Subject.withVault(talkative)
    value = await subject.page(
      async ([accountId, chosen]) => {
        const { calls } = window.latchkey
        const made = await calls['keys.create']({ accountId, name: chosen })
        if (!made.ok) throw new Error(made.code)
        const { id } = made.value
        await calls['keys.verify']({ accountId, id })
        await calls['keys.copy']({ accountId, id })
        await calls['keys.disable']({ accountId, id })
        await calls['keys.enable']({ accountId, id })
        const told = await calls['keys.reveal']({ accountId, id })
        if (!told.ok) throw new Error(told.code)
        return told.value.value
      },
      [await subject.accountId(), name] as const,
    )
    titles = execFileSync(
      'sh',
      ['-c', 'for w in $(xwininfo -root -tree | grep -o "0x[0-9a-f]*"); do xprop -id $w 2>/dev/null; done; true'],
      { encoding: 'latin1', maxBuffer: 1 << 26 },
    )
    processes = tree(subject.process.pid ?? 0)
      .flatMap((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`])
      .map(readIfThere)
      .join('\n')
  })
  afterAll(() => subject.end())

  it('is long enough to search for [24]', () => {
    expect(value).toMatch(/^\w{32,}$/)
    expect(holds(`..${Buffer.from(`x${value}`).toString('base64')}`)).toBe(true)
    expect(holds(Buffer.from(value, 'utf16le').toString('latin1'))).toBe(true)
  })

  it('is in no process’s arguments or environment [24]', () => {
    expect(processes).toContain('--type=renderer')
    expect(holds(processes)).toBe(false)
  })

  it('is in no title and no property of a window [24]', () => {
    expect(titles).toContain('Latchkey')
    expect(holds(titles)).toBe(false)
  })

  it('is not in the app’s output, even with verbose logging [24, 41]', () => {
    expect(holds(subject.output())).toBe(false)
  })

  it('is in no file of the profile, the home or the temporary folder, and neither is its name, during a run and after a crash [24, 27]', async () => {
    expect(leaks()).toEqual([])
    const gone = new Promise((ended) => subject.process.once('exit', ended))
    subject.process.kill('SIGSEGV')
    await gone
    expect(leaks()).toEqual([])
  })

  function leaks(): string[] {
    const { HOME = '', TMPDIR = '' } = process.env
    const files = [subject.profile, HOME, TMPDIR].flatMap((folder) => filesBelow(folder))
    // the keyring's own file, where it belongs, encrypted under the user's password
    const ours = files.filter((file) => !file.includes('/keyrings/'))
    return [...new Set(ours)].filter((file) => {
      const text = readIfThere(file)
      const isBackend = file.startsWith(`${subject.profile}/backend/`) // it has names in clear, as any server of keys has
      return holds(text) || (file.startsWith(subject.profile) && !isBackend && text.includes(name))
    })
  }

  /** In clear, in UTF-16, in hexadecimal, or in base64 at any of its three alignments. */
  function holds(text: string): boolean {
    const encoded = [0, 1, 2].map((before) =>
      Buffer.from(`${'x'.repeat(before)}${value}`)
        .toString('base64')
        .slice(4, -4),
    )
    return [value, Buffer.from(value, 'utf16le').toString('latin1'), Buffer.from(value).toString('hex'), ...encoded].some((form) =>
      text.includes(form),
    )
  }
})
