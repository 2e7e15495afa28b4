import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Clipboard } from '../../../main/outlets/clipboard.ts'
import { ClipboardMarker } from '../../../main/outlets/clipboard-marker.ts'
import { Refusal } from '../../../main/vault/refusal.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** One suite for both of Electron's clipboards: the older answers at once, the newer later. */
describe.each([
  ['at once', <T>(value: T): T | Promise<T> => value],
  ['later', <T>(value: T): T | Promise<T> => Promise.resolve(value)],
])('the clipboard of a system that answers %s', (_kind, answered) => {
  let folder: string
  let file: string
  let held: string
  let cleared: number
  let seconds: () => number
  let faults: unknown[]
  let clipboard: Clipboard
  /** What the system does with a secret; it may fail, before or after it has taken it. */
  let write: (text: string) => Promise<void>
  const system = {
    readText: () => answered(held),
    writeText: (text: string) => answered(void (held = text)),
    writeSecret: (text: string) => write(text),
    clear: () => answered(void (held = '')),
  }

  /** The process: what it remembers is gone with it. */
  function newProcess(): Clipboard {
    return new Clipboard({
      system,
      seconds: () => seconds(),
      marker: new ClipboardMarker(file),
      cleared: () => (cleared += 1),
      report: (fault) => faults.push(fault),
      clock: () => 1_000_000,
    })
  }

  const isNoted = (): boolean => new ClipboardMarker(file).exists()

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    folder = temporaryFolder('latchkey-clipboard-')
    file = join(folder, 'clipboard.json')
    ;[held, cleared, seconds, faults] = ['what was there', 0, () => 30, []]
    write = (text) => Promise.resolve(void (held = text))
    clipboard = newProcess()
  })
  afterEach(() => {
    vi.useRealTimers()
    expect(faults).toEqual([])
  })

  it('holds a value for as long as is set, and says until when', async () => {
    expect(await clipboard.copyTemporarily(new Secret('value'))).toBe(1_030_000)
    await vi.advanceTimersByTimeAsync(29_999)
    expect([held, cleared]).toEqual(['value', 0])
    await vi.advanceTimersByTimeAsync(1)
    expect([held, cleared]).toEqual(['', 1])
    seconds = () => 10
    expect(await clipboard.copyTemporarily(new Secret('value'))).toBe(1_010_000)
    await vi.advanceTimersByTimeAsync(10_000)
    expect([held, cleared]).toEqual(['', 2])
  })

  it('leaves what was copied since, and says that the value is gone', async () => {
    await clipboard.copyTemporarily(new Secret('value'))
    held = 'something else'
    await vi.advanceTimersByTimeAsync(30_000)
    expect([held, cleared]).toEqual(['something else', 1])
  })

  it('counts anew for a second value', async () => {
    await clipboard.copyTemporarily(new Secret('first'))
    await vi.advanceTimersByTimeAsync(20_000)
    await clipboard.copyTemporarily(new Secret('second'))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(held).toBe('second')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(held).toBe('')
  })

  it('takes a value back at once on lock and quit', async () => {
    await clipboard.copyTemporarily(new Secret('value'))
    await clipboard.clear()
    expect([held, cleared]).toEqual(['', 1])
    held = 'copied after'
    await vi.advanceTimersByTimeAsync(60_000)
    expect([held, cleared]).toEqual(['copied after', 1])
  })

  it('takes back a value that is just being lent', async () => {
    const lending = clipboard.copyTemporarily(new Secret('value'))
    await clipboard.clear()
    await lending
    expect([held, isNoted()]).toEqual(['', false])
  })

  it('keeps what is no secret, and takes nothing back that it did not lend', async () => {
    await clipboard.copy('an id')
    await clipboard.clear()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([held, cleared]).toEqual(['an id', 0])
  })

  describe('after a crash', () => {
    it('is cleared by the next process, which knows the value by a digest alone', async () => {
      await clipboard.copyTemporarily(new Secret('value'))
      expect(readFileSync(file, 'utf8')).not.toContain('value')
      expect(statSync(file).mode & 0o777).toBe(0o600)
      await newProcess().clearLeftOver()
      expect([held, isNoted()]).toEqual(['', false])
    })

    it('keeps what was copied since', async () => {
      await clipboard.copyTemporarily(new Secret('value'))
      held = 'something else'
      await newProcess().clearLeftOver()
      expect([held, isNoted()]).toEqual(['something else', false])
    })

    it('is left alone where nothing was lent, or everything was taken back', async () => {
      await clipboard.copyTemporarily(new Secret('value'))
      await clipboard.clear()
      held = 'value'
      await newProcess().clearLeftOver()
      expect(held).toBe('value')
    })

    it.each([['not a note'], ['{"version":1,"salt":"","digest":""}'], ['']])('is left alone by the note %j, which goes', async (text) => {
      writeFileSync(file, text)
      await newProcess().clearLeftOver()
      expect([held, isNoted()]).toEqual(['what was there', false])
    })
  })

  it('lends nothing that it could not take back after a crash', async () => {
    file = join(folder, 'no such folder', 'clipboard.json')
    await expect(newProcess().copyTemporarily(new Secret('value'))).rejects.toThrow('profile-unusable')
    expect(held).toBe('what was there')
  })

  // A copy that failed had stopped the clock of the one before it, which then stayed on the clipboard for ever.
  describe('when a second copy fails', () => {
    const fails = (): Promise<never> => Promise.reject(new Error('no clipboard'))
    beforeEach(async () => void (await clipboard.copyTemporarily(new Secret('first'))))

    it('as it could not be noted, takes the first back in its time', async () => {
      rmSync(file)
      mkdirSync(file)
      await expect(clipboard.copyTemporarily(new Secret('second'))).rejects.toThrow('profile-unusable')
      rmSync(file, { recursive: true })
      await vi.advanceTimersByTimeAsync(29_999)
      expect([held, cleared]).toEqual(['first', 0])
      await vi.advanceTimersByTimeAsync(1)
      expect([held, cleared]).toEqual(['', 1])
    })

    it('as its time cannot be read, takes the first back in its time', async () => {
      seconds = () => {
        throw new Refusal('profile-unusable')
      }
      await expect(clipboard.copyTemporarily(new Secret('second'))).rejects.toThrow('profile-unusable')
      await vi.advanceTimersByTimeAsync(30_000)
      expect([held, cleared]).toEqual(['', 1])
    })

    it('as the system does not take it, takes the first back at once: the note is no longer the first’s', async () => {
      write = fails
      await expect(clipboard.copyTemporarily(new Secret('second'))).rejects.toThrow('no clipboard')
      expect([held, cleared, isNoted()]).toEqual(['', 1, false])
    })

    it('after the system has taken it, takes it back', async () => {
      write = (text) => ((held = text), fails())
      await expect(clipboard.copyTemporarily(new Secret('second'))).rejects.toThrow('no clipboard')
      expect([held, cleared, isNoted()]).toEqual(['', 1, false])
    })

    it('leaves what somebody else copied since', async () => {
      ;[held, write] = ['something else', fails]
      await expect(clipboard.copyTemporarily(new Secret('second'))).rejects.toThrow('no clipboard')
      expect([held, isNoted()]).toEqual(['something else', false])
    })
  })

  it('holds a second value for its whole time, also where the first one’s ends just then', async () => {
    await clipboard.copyTemporarily(new Secret('first'))
    await vi.advanceTimersByTimeAsync(29_999)
    const lending = clipboard.copyTemporarily(new Secret('second'))
    await vi.advanceTimersByTimeAsync(1)
    await lending
    await vi.advanceTimersByTimeAsync(29_999)
    expect(held).toBe('second')
    await vi.advanceTimersByTimeAsync(1)
    expect(held).toBe('')
  })
})
