import { connect } from 'node:net'
import { join } from 'node:path'

/** No program can be there. */
const nobody = 'unix:path=/nonexistent/latchkey-no-bus'

/** How long the session's bus may take for its first word, in milliseconds: it takes one, and a computer that has just started some hundred. */
const patience = 8_000

/** Whether the session's D-Bus has said a word. `none`: there is none, or it is reached by other ways than a socket in the file system. */
export type Probed = 'answers' | 'none' | 'silent'

/**
 * Says the first word of D-Bus to the session's bus. GTK and Chromium wait for its answer without an end: under a bus that takes connections
 * and never answers, no window came. Linux.
 */
export function probeBus(env: NodeJS.ProcessEnv, uid: number, deadline = patience): Promise<Probed> {
  const path = socketOf(env)
  if (path === null) return Promise.resolve('none')
  return new Promise((resolve) => {
    const socket = connect(path)
    const end = (probed: Probed): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(probed)
    }
    const timer = setTimeout(() => end('silent'), deadline)
    socket.once('connect', () => socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`))
    socket.once('data', () => end('answers')) // also a refusal
    socket.once('error', () => end('none'))
    socket.once('close', () => end('none'))
  })
}

/** From now on this process, and what comes in its place, finds no bus, which everything of it knows how to do without. */
export function forgetBus(env: NodeJS.ProcessEnv): void {
  env['DBUS_SESSION_BUS_ADDRESS'] = nobody
}

/** @returns null for an address of another kind, which is left to the libraries */
function socketOf({ DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: runtime }: NodeJS.ProcessEnv): string | null {
  if (address === undefined || address === '') return runtime ? join(runtime, 'bus') : null
  const [, kind, text] = /^unix:(path|abstract)=([^,;]+)/.exec(address) ?? []
  if (text === undefined) return null
  const name = text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return kind === 'path' ? name : `\0${name}`
}
