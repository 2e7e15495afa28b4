import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { Lock } from '../../../main/lock/lock.ts'
import { codeOf } from '../../../main/vault/refusal.ts'
import { withDeadline } from '../../../shared/deadline.ts'
import { everyStep } from '../../../shared/every-step.ts'
import type { Composed } from './compose.ts'
import type { ClosingStep } from './orders.ts'

/**
 * Locks as the app does, while one step of closing fails. The other steps must still run, the keys must be wiped, and the process must be
 * told to end.
 * @throws Error with what does not hold
 */
export async function lockWithFailure({ services, steps, keychainInUse, closeKeys }: Composed, fails: ClosingStep): Promise<void> {
  const { vault } = services
  if (vault.closed !== null) return
  const { root } = vault.opened
  const keychain = keychainInUse()
  const isSealed = services.keychain.kind() !== 'os'
  let outletsClosed = false
  const closed = steps.fail(fails)
  const failures: unknown[] = []
  await withDeadline(
    new Promise<void>((renewed) => {
      const lock = new Lock({
        close: () =>
          everyStep([closeKeys, () => steps.failIf(fails === 'outlets'), () => (outletsClosed = true)], (error) => failures.push(error)),
        isOpen: () => vault.closed === null,
        hide: () => undefined,
        renew: renewed,
        report: (error) => failures.push(error),
      })
      void lock.trackOpening(Promise.resolve())
      lock.now()
    }),
    60_000,
    () => {
      throw new Error(`a lock whose ${fails} failed does not end the process`)
    },
  )
  const wrong = [
    ...(vault.closed === null ? ['the vault is open'] : []),
    ...(refused(() => root.check()) === 'locked' ? [] : ['the root key is not wiped']),
    ...(isSealed && (await keychain.read('root')).outcome === 'ok' ? ['the key of the passphrase is not wiped'] : []),
    ...(closed.has('cache') && closed.has('servers') && outletsClosed ? [] : [`only ${[...closed].join()} were closed`]),
  ]
  if (wrong.length > 0) throw new Error(`after a lock whose ${fails} failed: ${wrong.join('; ')}`)
}

function refused(what: () => unknown): string | null {
  try {
    what()
    return null
  } catch (error) {
    return codeOf(error)
  }
}

/**
 * Locks while values are being released and verified. Nothing that a release had not returned by then may arrive afterwards, and no
 * verification may start.
 * @throws Error with what arrived
 */
export async function lockAmid(
  { services, steps }: Composed,
  after: number,
  work: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<void> {
  const late: string[] = []
  let isLocked = false
  const working = Object.entries(work).map(async ([name, begin]) => {
    try {
      await begin()
    } catch {
      return // refused, as it has to be after the lock
    }
    if (isLocked) late.push(name)
  })
  await wait(after)
  services.lock()
  await turn() // values that were returned before the lock have arrived by now
  isLocked = true
  const tried = steps.count('server tryValue')
  await Promise.all(working)
  if (late.length > 0) throw new Error(`came after the lock: ${late.join()}`)
  if (steps.count('server tryValue') > tried) throw new Error('a value was tried after the lock')
}
