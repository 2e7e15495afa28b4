import { lstatSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isAlive, lockHolder } from './lock-holder.ts'
import { AppUnreachable } from './app-unreachable.ts'
import type { AppLocation } from './app-location.ts'

/** Connects to a socket. @returns null if nothing listens there. @throws AppUnreachable `not-reachable` */
export type OpenSocket<Socket> = (path: string) => Promise<Socket | null>

/**
 * Connects to the app of this profile. If the app is not running and `start` is true, it is started first.
 * @throws AppUnreachable
 */
export async function connectToApp<Socket>(where: AppLocation, start: boolean, open: OpenSocket<Socket>): Promise<Socket> {
  const socket = (await connectTo(where, open)) ?? (await onceBack(where, open))
  if (socket !== null) return socket
  if (!start) throw new AppUnreachable('not-running')
  const { startApp } = await import('./start-app.ts')
  return startApp(where, () => connectTo(where, open))
}

/** How long to wait for a running app that does not listen yet, in milliseconds: it is starting, or was just locked. */
const listenTimeoutMs = 10_000
const pollIntervalMs = 50

/** @returns null if there is no app, or it ends. @throws AppUnreachable `not-listening` if it does not listen in time */
async function onceBack<Socket>(where: AppLocation, open: OpenSocket<Socket>): Promise<Socket | null> {
  const holder = await lockHolder(where.profile, where.platform)
  if (holder === null) return null
  for (let waited = 0; waited < listenTimeoutMs && isAlive(holder); waited += pollIntervalMs) {
    await wait(pollIntervalMs)
    const socket = await connectTo(where, open)
    if (socket !== null) return socket
  }
  if (isAlive(holder)) throw new AppUnreachable('not-listening')
  return null
}

/** @returns null if nothing listens at any of the paths. @throws AppUnreachable if nothing listens and one of the paths cannot be trusted */
async function connectTo<Socket>({ sockets, platform }: AppLocation, open: OpenSocket<Socket>): Promise<Socket | null> {
  let reason: unknown = null
  for await (const path of sockets()) {
    try {
      const folderIsThere = platform === 'win32' || isOurs(dirname(path))
      const socket = folderIsThere ? await open(path) : null
      if (socket !== null) return socket
    } catch (error) {
      reason ??= error
    }
  }
  if (reason !== null) throw reason
  return null
}

/**
 * Attack: another user who can put a socket into the folder could answer with their own values, which would then go into files and
 * programs.
 * @returns false if the folder does not exist
 */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found === undefined) return false
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) throw new AppUnreachable('folder-not-ours')
  return true
}
