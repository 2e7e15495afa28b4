import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { orElse } from '../../shared/or-else.ts'

/** For how long Chromium's lock may be missing while the app restarts, in milliseconds: Chromium deletes it and creates it again at once. */
const renewalMs = 50

/**
 * Finds the process that owns the profile: the app. A lock replaces the app's program in the same process, which listens again a moment
 * later. Starting another app in between would open the vault that was just locked.
 * @returns its process id; null if there is no such process, or if Chromium's lock on the profile does not name one
 */
export async function lockHolder(profile: string, platform: NodeJS.Platform): Promise<number | null> {
  if (platform !== 'linux') return null
  const link = readLock(profile) ?? (await wait(renewalMs), readLock(profile))
  const [, host, number] = /^(.*)-(\d+)$/.exec(link ?? '') ?? []
  const pid = Number(number)
  return host === hostname() && pid > 1 && isAlive(pid) ? pid : null
}

export function isAlive(pid: number): boolean {
  return orElse(() => process.kill(pid, 0), false) // the process has ended, or belongs to another user
}

/** @returns what Chromium's lock names, `HOST-PID`; null if there is no lock */
function readLock(profile: string): string | null {
  return orElse(() => readlinkSync(join(profile, 'SingletonLock')), null)
}
