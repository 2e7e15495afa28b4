import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { OsKeychain } from '../../../main/keychain/os-keychain.ts'
import type { KeychainFailure } from '../../../main/vault/ports/keychain.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { runInOwnSession, withoutLibsecret } from '../keychain/fixtures/own-session-run.ts'
import { MemoryKeychain } from '../fakes/keychain.ts'
import { answersDuringOutage } from './outage.ts'

type Outage = 'locked' | 'no bus' | 'no library' | 'killed' | 'stopped'

/** Brings the outage about in a session of its own, with a real keyring. */
function realAnswers(outage: Outage): Promise<unknown> {
  return runInOwnSession('test/main/ports/keyring-outage.ts', [outage], outage === 'no library' ? withoutLibsecret : undefined)
}

async function twinAnswers(failure: KeychainFailure): Promise<unknown> {
  const keychain = new MemoryKeychain()
  await keychain.write('known', new Secret('a value'))
  keychain.failure = failure
  return answersDuringOutage(keychain)
}

const kinds = [
  { kind: 'its twin in memory', locked: () => twinAnswers('locked'), unavailable: () => twinAnswers('unavailable') },
  // Elsewhere than on Linux, the only keychain there is is the user's own, which no test may lock.
  ...(process.platform === 'linux'
    ? [{ kind: 'the Secret Service', locked: () => realAnswers('locked'), unavailable: () => realAnswers('no bus') }]
    : []),
]

describe.each(kinds)('$kind', ({ locked, unavailable }) => {
  it('says locked to every call while it is locked, and never that an item is absent', async () => {
    expect(await locked()).toEqual({ known: 'locked', unknown: 'locked', write: 'locked', remove: 'locked' })
  })

  it('says unavailable to every call while there is no such service', async () => {
    const all = 'unavailable'
    expect(await unavailable()).toEqual({ known: all, unknown: all, write: all, remove: all })
  })
})

describe.runIf(process.platform === 'linux')('the Secret Service', () => {
  it('does not lose an item in its words when its daemon dies', async () => {
    // The bus starts a new daemon, which is locked; until it runs the service is unavailable. Either is the truth.
    const answered = await realAnswers('killed')
    expect([{ known: 'unavailable' }, { known: 'locked' }]).toContainEqual(answered)
  })

  it('is said to lack its library where libsecret cannot be loaded, until it is installed', async () => {
    const all = 'library-missing'
    // There is no bus either, which only the library finds out.
    expect(await realAnswers('no library')).toEqual({ known: all, unknown: all, write: all, remove: all, installed: 'unavailable' })
  })

  it('is given up after the deadline when its daemon hangs, and works on when the daemon does', async () => {
    expect(await realAnswers('stopped')).toEqual({ known: 'timeout', afterwards: 'ok' })
  })
})

describe('an outage in the twin', () => {
  it('leaves the items as they were', async () => {
    const keychain = new MemoryKeychain()
    await keychain.write('known', new Secret('a value'))
    keychain.failure = 'denied'
    await answersDuringOutage(keychain)
    keychain.failure = null
    expect([...keychain.items]).toEqual([['known', 'a value']])
  })
})

describe('the keychain of the operating system', () => {
  it('is not asked for what it would cut: the text never reaches it', async () => {
    const keychain = new OsKeychain({ profile: randomBytes(8).toString('hex') })
    await keychain.write('root', new Secret('whole'))
    expect(await keychain.write('root', new Secret('cut\0here'))).toEqual({ outcome: 'mismatch' })
    const read = await keychain.read('root')
    expect(read.outcome === 'ok' && read.secret.expose()).toBe('whole')
  })
})
