import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { OsKeychain } from '../../../main/keychain/os-keychain.ts'
import type { KeychainFailure } from '../../../main/vault/ports/keychain.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { runInOwnSession, withoutLibsecret } from '../keychain/fixtures/own-session-run.ts'
import { MemoryKeychain } from '../fakes/keychain.ts'
import { answersDuringOutage } from './outage.ts'

type Outage = 'locked' | 'no bus' | 'no library' | 'killed' | 'stopped'

/** Produces the outage in a session of its own, with a real keyring. */
function realAnswers(outage: Outage): Promise<unknown> {
  return runInOwnSession('test/main/ports/keyring-outage.ts', [outage], outage === 'no library' ? withoutLibsecret : undefined)
}

async function fakeAnswers(failure: KeychainFailure): Promise<unknown> {
  const keychain = new MemoryKeychain()
  await keychain.write('known', new Secret('a value'))
  keychain.failure = failure
  return answersDuringOutage(keychain)
}

const kinds = [
  { kind: 'the in-memory fake', locked: () => fakeAnswers('locked'), unavailable: () => fakeAnswers('unavailable') },
  // On other systems than Linux, the only keychain is the user's own, which a test must not lock.
  ...(process.platform === 'linux'
    ? [{ kind: 'the Secret Service', locked: () => realAnswers('locked'), unavailable: () => realAnswers('no bus') }]
    : []),
]

describe.each(kinds)('$kind', ({ locked, unavailable }) => {
  it('answers `locked` to every call while it is locked, and never `absent`', async () => {
    expect(await locked()).toEqual({ known: 'locked', unknown: 'locked', write: 'locked', remove: 'locked' })
  })

  it('answers `unavailable` to every call while the service is not running', async () => {
    const all = 'unavailable'
    expect(await unavailable()).toEqual({ known: all, unknown: all, write: all, remove: all })
  })
})

describe.runIf(process.platform === 'linux')('the Secret Service', () => {
  it('does not report an item as absent when its daemon dies', async () => {
    // The bus starts a new daemon, which is locked; until it runs, the service is unavailable. Both answers are correct.
    const answered = await realAnswers('killed')
    expect([{ known: 'unavailable' }, { known: 'locked' }]).toContainEqual(answered)
  })

  it('reports a missing library while libsecret cannot be loaded, until it is installed', async () => {
    const all = 'library-missing'
    // There is no bus either, but only the library notices that.
    expect(await realAnswers('no library')).toEqual({ known: all, unknown: all, write: all, remove: all, installed: 'unavailable' })
  })

  it('times out when its daemon hangs, and works again when the daemon does', async () => {
    expect(await realAnswers('stopped')).toEqual({ known: 'timeout', afterwards: 'ok' })
  })
})

describe('an outage of the fake keychain', () => {
  it('leaves the items unchanged', async () => {
    const keychain = new MemoryKeychain()
    await keychain.write('known', new Secret('a value'))
    keychain.failure = 'denied'
    await answersDuringOutage(keychain)
    keychain.failure = null
    expect([...keychain.items]).toEqual([['known', 'a value']])
  })
})

describe('the keychain of the operating system', () => {
  it('is never called with a text that it would truncate', async () => {
    const keychain = new OsKeychain({ profile: randomBytes(8).toString('hex') })
    await keychain.write('root', new Secret('whole'))
    expect(await keychain.write('root', new Secret('cut\0here'))).toEqual({ outcome: 'mismatch' })
    const read = await keychain.read('root')
    expect(read.outcome === 'ok' && read.secret.expose()).toBe('whole')
  })
})
