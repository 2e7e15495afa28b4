import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import { connect, type Server } from 'node:net'
import { dirname } from 'node:path'
import { maxSocketPathBytes } from '../../../clients/shared/protocol/socket-path.ts'
import { systemCode } from '../../../shared/system-error.ts'

/**
 * Why the agent cannot listen: its folder is another user's, a link, or writable by others · something that is no socket is at its path ·
 * another app listens there · the path is longer than a socket's may be · the system refuses · the system does not identify peers.
 */
export type AgentTrouble = 'folder-unsafe' | 'place-taken' | 'other-app' | 'path-too-long' | 'system' | 'no-peers'

export class AgentFault extends Error {
  constructor(readonly trouble: AgentTrouble) {
    super(trouble)
    this.name = `no agent: ${trouble}`
  }
}

/**
 * Listens on a socket that only this user can reach. A stale socket of an app that was killed is replaced; anything else at its path is
 * left alone.
 * @throws AgentFault
 */
export async function listenPrivately(server: Server, path: string): Promise<void> {
  if (Buffer.byteLength(path) > maxSocketPathBytes) throw new AgentFault('path-too-long')
  try {
    makePrivateFolder(dirname(path))
    await removeStaleSocket(path)
    await listen(server, path)
    chmodSync(path, 0o600)
  } catch (error) {
    throw error instanceof AgentFault ? error : new AgentFault('system')
  }
}

/** Works on a handle, so that the folder that is checked is the one that is made private. */
function makePrivateFolder(folder: string): void {
  const above = statSync(realpathSync(dirname(folder)))
  const othersMayRename = (above.mode & 0o022) !== 0 && (above.mode & 0o1000) === 0
  if (othersMayRename) throw new AgentFault('folder-unsafe')
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
  }
  let handle: number
  try {
    handle = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  } catch {
    throw new AgentFault('folder-unsafe')
  }
  try {
    if (fstatSync(handle).uid !== process.getuid?.()) throw new AgentFault('folder-unsafe')
    fchmodSync(handle, 0o700)
  } finally {
    closeSync(handle)
  }
}

async function removeStaleSocket(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isSocket()) throw new AgentFault('place-taken')
  if (await isListening(path)) throw new AgentFault('other-app')
  rmSync(path)
}

/** Only ECONNREFUSED proves that nobody listens. */
function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    const tell = (live: boolean): void => {
      socket.destroy()
      resolve(live)
    }
    socket.once('connect', () => tell(true))
    socket.once('error', (error) => tell(systemCode(error) !== 'ECONNREFUSED'))
  })
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
