import { lstatSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { holderOf, lives } from './holder.ts'
import { startApp } from './start-app.ts'
import { Unreached } from './unreached.ts'
import type { Whereabouts } from './whereabouts.ts'

/**
 * Connects to the app of this profile. If the app is not running and `start` is true, it is started first.
 * @throws Unreached
 */
export async function reach(where: Whereabouts, start: boolean): Promise<Socket> {
  const socket = (await connectTo(where)) ?? (await onceBack(where))
  if (socket !== null) return socket
  if (!start) throw new Unreached('not-running')
  return startApp(where, () => connectTo(where))
}

/** How long to wait for a running app that does not listen yet, in milliseconds: it is starting, or was just locked. */
const patience = 10_000
const interval = 50

/** @returns null if there is no app, or it ends. @throws Unreached `not-listening` if it does not listen in time */
async function onceBack(where: Whereabouts): Promise<Socket | null> {
  const holder = holderOf(where.profile, where.platform)
  if (holder === null) return null
  for (let waited = 0; waited < patience && lives(holder); waited += interval) {
    await wait(interval)
    const socket = await connectTo(where)
    if (socket !== null) return socket
  }
  if (lives(holder)) throw new Unreached('not-listening')
  return null
}

/** @returns null if nothing listens at any of the paths. @throws Unreached if nothing listens and one of the paths cannot be trusted */
async function connectTo({ sockets, platform }: Whereabouts): Promise<Socket | null> {
  let hindrance: unknown = null
  for (const path of sockets) {
    try {
      const socket = await connectAt(path, platform)
      if (socket !== null) return socket
    } catch (error) {
      hindrance ??= error
    }
  }
  if (hindrance !== null) throw hindrance
  return null
}

/** @returns null if nothing listens there */
async function connectAt(path: string, platform: NodeJS.Platform): Promise<Socket | null> {
  if (platform !== 'win32' && !isOurs(dirname(path))) return null
  const socket = connect(path)
  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const nobody = error.code === 'ENOENT' || error.code === 'ECONNREFUSED'
      if (nobody) resolve(null)
      else reject(new Unreached('not-reachable'))
    })
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}

/**
 * Attack: another user who can put a socket into the folder could answer with their own values, which would then go into files and
 * programs.
 * @returns false if the folder does not exist
 */
function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found === undefined) return false
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) throw new Unreached('folder-not-ours')
  return true
}
