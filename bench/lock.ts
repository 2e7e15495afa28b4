import { createKey, discard, lock, startWithVault } from '../test/e2e/support/app/desktop.ts'

/** In milliseconds. */
export interface LockTimes {
  /** From the call to the lock screen, in a new process that the debugger first has to find. */
  readonly lock: number
  /** From the click to the list of keys. */
  readonly unlock: number
}

export async function timeLocks(rounds: number): Promise<LockTimes[]> {
  const desktop = await startWithVault()
  await createKey(desktop.page, 'bench')
  const times: LockTimes[] = []
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now()
    await lock(desktop)
    const unlock = desktop.page.getByRole('button', { name: 'Unlock' })
    await unlock.waitFor()
    const locked = performance.now()
    await unlock.click()
    await desktop.page.getByRole('option', { name: 'bench' }).waitFor()
    times.push({ lock: locked - begun, unlock: performance.now() - locked })
  }
  await desktop.quit()
  discard(desktop.profile)
  return times
}
