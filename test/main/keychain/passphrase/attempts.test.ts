import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { PassphraseAttempts } from '../../../../main/keychain/passphrase/attempts.ts'
import { Refusal } from '../../../../main/vault/refusal.ts'
import { codeRejected } from '../../vault/fixtures/refused.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

describe('passphrase attempts', () => {
  let folder: string
  let path: string
  let now: number
  /** The process's monotonic clock. */
  let elapsed: number
  let attempts: PassphraseAttempts
  beforeEach(() => {
    folder = temporaryFolder('latchkey-attempts-')
    path = join(folder, 'attempts.json')
    now = 1_700_000_000_000
    elapsed = 5_000
    start()
  })

  function start(): void {
    attempts = new PassphraseAttempts({ path, clock: () => now, elapsed: () => elapsed })
  }
  function pass(milliseconds: number): void {
    now += milliseconds
    elapsed += milliseconds
  }
  const wrong = (): Promise<unknown> => codeRejected(attempts.make(() => Promise.reject(new Refusal('passphrase-wrong'))))
  /** That many wrong attempts, each as soon as it is allowed. */
  async function wrongTimes(times: number): Promise<void> {
    for (let number = 0; number < times; number += 1) {
      pass(wait())
      await wrong()
    }
  }
  const right = (): Promise<string> => attempts.make(() => Promise.resolve('open'))
  /** Milliseconds until the next attempt is allowed. */
  const wait = (): number => (attempts.nextAt ?? now) - now

  it('allow three tries at once, then wait one second, doubling up to five minutes', async () => {
    const waits: number[] = []
    for (let number = 0; number < 14; number += 1) {
      expect(await wrong()).toBe('passphrase-wrong')
      waits.push(wait())
      pass(wait())
    }
    expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300].map((seconds) => seconds * 1000))
  })

  it('are refused without checking the passphrase if they come too soon', async () => {
    await wrongTimes(4)
    let made = 0
    const early = attempts.make(() => Promise.resolve((made += 1)))
    expect([await codeRejected(early), made, attempts.wrong]).toEqual(['passphrase-wait', 0, 4])
    pass(1_999)
    expect(await codeRejected(right())).toBe('passphrase-wait')
    pass(1)
    expect(await right()).toBe('open')
  })

  it('start again at zero after the right passphrase', async () => {
    for (let number = 0; number < 3; number += 1) await wrong()
    pass(wait())
    await right()
    expect([await wrong(), await wrong(), wait(), attempts.wrong]).toEqual(['passphrase-wrong', 'passphrase-wrong', 0, 2])
  })

  it('are counted across restarts, and the wait continues', async () => {
    await wrongTimes(6)
    pass(3_000)
    start()
    expect([attempts.wrong, wait()]).toEqual([6, 5_000])
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('count even if the app is killed before the passphrase is checked', async () => {
    for (let number = 0; number < 3; number += 1) {
      pass(wait())
      void attempts.make(() => new Promise(() => {}))
      start()
    }
    expect([attempts.wrong, wait()]).toEqual([3, 1000])
    expect(await codeRejected(right())).toBe('passphrase-wait')
  })

  it('do not count if they failed for another reason than the passphrase', async () => {
    for (let number = 0; number < 2; number += 1) await wrong()
    for (const code of ['locked', 'profile-corrupt', 'profile-unusable'] as const) {
      expect(await codeRejected(attempts.make(() => Promise.reject(new Refusal(code))))).toBe(code)
    }
    start()
    expect([attempts.wrong, wait()]).toEqual([2, 0])
  })

  it('wait no shorter after the clock is set ahead, and not for ever after it is set back', async () => {
    await wrongTimes(5)
    now += 3_600_000
    expect([await codeRejected(right()), wait()]).toEqual(['passphrase-wait', 4_000])
    now -= 10 * 3_600_000
    start()
    expect(wait()).toBe(4_000)
  })

  it.each(['', '{}', '{"version":1,"wrong":-1,"at":0}', '{"version":1,"wrong":0,"at":0,"more":1}', 'x'.repeat(1000)])(
    'start with a short wait if their file is invalid: %s',
    (text) => {
      writeFileSync(path, text)
      start()
      expect(wait()).toBe(1000)
    },
  )

  it('count in memory if the disk is full, and lock nobody out', async () => {
    rmSync(path, { force: true })
    mkdirSync(`${path}.new`) // makes every write fail
    await wrongTimes(4)
    expect(wait()).toBe(2_000)
    pass(2_000)
    expect(await right()).toBe('open')
  })

  it('store no passphrase', async () => {
    await codeRejected(attempts.make(() => Promise.reject(new Refusal('passphrase-wrong'))))
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ version: 1, wrong: 1, at: now })
  })
})
