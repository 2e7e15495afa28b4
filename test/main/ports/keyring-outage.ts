/**
 * `keyring-outage.ts OUTAGE FOLDER`: a separate program without a display. With one, the keyring's daemon would open a prompt and wait, and
 * a call that waits for it keeps its process from ending. It has its own bus and keyring, produces the outage, and prints what Latchkey's
 * keychain answered, as JSON.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { OsKeychain } from '../../../main/keychain/os-keychain.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { startBus } from '../../../scripts/session/bus.mjs'
import { startKeyring } from '../../../scripts/session/keyring.mjs'
import { answer, end, lockKeyring, moveInto, processOf, secrets } from '../keychain/fixtures/own-session.ts'
import { restoreLibsecret } from '../keychain/fixtures/own-session-run.ts'
import { answersDuringOutage } from './outage.ts'

const [outage, folder = ''] = process.argv.slice(2)

async function run(keychain: OsKeychain): Promise<unknown> {
  if (outage === 'no bus') return answersDuringOutage(keychain)
  if (outage === 'no library') {
    const during = await answersDuringOutage(keychain)
    restoreLibsecret(folder)
    return { ...during, installed: (await keychain.read('known')).outcome }
  }
  await startBus(process.env['XDG_RUNTIME_DIR'] ?? '', process.env)
  await startKeyring(process.env)
  const [bus, daemon] = [await processOf('org.freedesktop.DBus'), await processOf(secrets)]
  try {
    await keychain.write('known', new Secret('a value'))
    switch (outage) {
      case 'locked':
        await lockKeyring()
        return await answersDuringOutage(keychain)
      case 'killed':
        process.kill(daemon, 'SIGKILL')
        return { known: (await keychain.read('known')).outcome }
      case 'stopped': {
        process.kill(daemon, 'SIGSTOP')
        const during = (await keychain.read('known')).outcome
        process.kill(daemon, 'SIGCONT')
        return { known: during, afterwards: await readOnceFree(keychain) }
      }
      default:
        throw new Error('no such outage')
    }
  } finally {
    end(daemon)
    end(bus)
  }
}

/** The call that timed out must end before the next one may begin. */
async function readOnceFree(keychain: OsKeychain): Promise<string> {
  for (let left = 200; ; left -= 1) {
    const { outcome } = await keychain.read('known')
    if (outcome !== 'timeout' || left === 0) return outcome
    await wait(50)
  }
}

moveInto(folder)
answer(await run(new OsKeychain({ profile: 'outage', deadline: outage === 'stopped' ? 1_000 : 20_000 })))
