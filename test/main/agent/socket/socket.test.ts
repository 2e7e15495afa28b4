import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AgentFault, listenPrivately } from '../../../../main/agent/socket/socket.ts'
import { awaited } from '../../../awaited.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

let base: string
let path: string
const servers: Server[] = []

beforeEach(() => {
  base = temporaryFolder('agent-socket-')
  path = join(base, 'latchkey', 'name.sock')
})
afterEach(() => {
  closeAll()
})

function closeAll(): void {
  for (const server of servers.splice(0)) server.close()
}

/** @returns what stands in the way; null if it listens */
function tried(at = path): Promise<string | null> {
  const server = createServer((socket) => socket.on('error', () => socket.destroy()).end('here'))
  servers.push(server)
  return listenPrivately(server, at).then(
    () => null,
    (error: unknown) => (error instanceof AgentFault ? error.trouble : 'another error'),
  )
}

/** @returns what is heard of who listens there; null if nobody does */
function heard(at = path): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(at)
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    socket.on('error', () => resolve(null))
    socket.on('end', () => resolve(text))
  })
}

/** A process that listens there and is killed, as an app that crashed. */
async function leaveStale(at: string): Promise<void> {
  mkdirSync(dirname(at), { recursive: true, mode: 0o700 })
  const listens = `require('node:net').createServer().listen(${JSON.stringify(at)}, () => console.log('listens'))`
  const child = spawn(process.execPath, ['-e', listens], { stdio: ['ignore', 'pipe', 'inherit'] })
  await awaited(once(child.stdout, 'data'), 'a process that listens')
  child.kill('SIGKILL')
  await once(child, 'close')
}

const mode = (at: string): string => (statSync(at).mode & 0o777).toString(8)

describe('the agent’s socket', () => {
  it('is this user’s alone, and so is its folder, whatever the process makes other files', async () => {
    const before = process.umask(0)
    try {
      expect(await tried()).toBe(null)
    } finally {
      process.umask(before)
    }
    expect([mode(dirname(path)), mode(path)]).toEqual(['700', '600'])
    expect(await heard()).toBe('here')
  })

  it('makes a folder of ours private that was open to others', async () => {
    mkdirSync(dirname(path))
    chmodSync(dirname(path), 0o777)
    expect(await tried()).toBe(null)
    expect(mode(dirname(path))).toBe('700')
  })

  it('replaces what an app left that was killed', async () => {
    await leaveStale(path)
    expect(lstatSync(path).isSocket()).toBe(true)
    expect(await heard()).toBe(null)
    expect(await tried()).toBe(null)
    expect(await heard()).toBe('here')
  })

  it('leaves an app alone that lives', async () => {
    expect(await tried()).toBe(null)
    expect(await tried()).toBe('other-app')
    expect(await heard()).toBe('here')
  })

  it('goes when its app ends', async () => {
    expect(await tried()).toBe(null)
    closeAll()
    expect(lstatSync(path, { throwIfNoEntry: false })).toBe(undefined)
  })

  it('is made in no folder that a link leads to', async () => {
    const elsewhere = join(base, 'elsewhere')
    mkdirSync(elsewhere, { mode: 0o700 })
    symlinkSync(elsewhere, dirname(path))
    expect(await tried()).toBe('folder-unsafe')
  })

  it('is made in nothing that is no folder', async () => {
    writeFileSync(dirname(path), '')
    expect(await tried()).toBe('folder-unsafe')
  })

  it('is not made where others may put another folder in its place, but where everybody may put their own', async () => {
    chmodSync(base, 0o777)
    expect(await tried()).toBe('folder-unsafe')
    chmodSync(base, 0o1777) // as /tmp
    expect(await tried()).toBe(null)
  })

  it('takes the place of no file and no link, and changes neither', async () => {
    mkdirSync(dirname(path), { mode: 0o700 })
    writeFileSync(path, 'kept')
    expect(await tried()).toBe('place-taken')
    expect(readFileSync(path, 'utf8')).toBe('kept')
    rmSync(path)
    const elsewhere = join(base, 'elsewhere.sock')
    await leaveStale(elsewhere)
    symlinkSync(elsewhere, path)
    expect(await tried()).toBe('place-taken')
    expect(lstatSync(elsewhere).isSocket()).toBe(true)
  })

  it('says so when its path is longer than a socket’s can be, which would be cut', async () => {
    expect(await tried(join(base, 'latchkey', `${'x'.repeat(110)}.sock`))).toBe('path-too-long')
  })

  it('says so when there is no place for it', async () => {
    expect(await tried(join(base, 'none', 'latchkey', 'name.sock'))).toBe('system')
  })
})
