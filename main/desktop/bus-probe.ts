import { connect } from 'node:net'
import { join } from 'node:path'

/** An address where no program can listen. */
const unreachableBus = 'unix:path=/nonexistent/latchkey-no-bus'

/** How long the bus may take to answer, in milliseconds. It usually takes one, and some hundred on a computer that has just started. */
const probeTimeoutMs = 8_000

/** Whether the session's D-Bus answered. `none`: there is no bus, or its address is not of a Unix socket. */
export type ProbeResult = 'answers' | 'none' | 'silent'

/**
 * Sends the session bus the first message of D-Bus, and waits for any answer. GTK and Chromium wait for the bus without a timeout: with a
 * bus that accepts connections and never answers, no window appeared. Linux only.
 */
export function probeBus(env: NodeJS.ProcessEnv, uid: number, deadline = probeTimeoutMs): Promise<ProbeResult> {
  const path = socketOf(env)
  if (path === null) return Promise.resolve('none')
  return new Promise((resolve) => {
    const socket = connect(path)
    const end = (probed: ProbeResult): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(probed)
    }
    const timer = setTimeout(() => end('silent'), deadline)
    socket.once('connect', () => socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`))
    socket.once('data', () => end('answers')) // a refusal is an answer too
    socket.once('error', () => end('none'))
    socket.once('close', () => end('none'))
  })
}

/** Makes this process, and the process that replaces it, find no session bus. All parts of the app can work without one. */
export function disableBus(env: NodeJS.ProcessEnv): void {
  env['DBUS_SESSION_BUS_ADDRESS'] = unreachableBus
}

/** @returns null for an address of another kind, which this probe does not check */
function socketOf({ DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: runtime }: NodeJS.ProcessEnv): string | null {
  if (address === undefined || address === '') return runtime ? join(runtime, 'bus') : null
  const [, kind, text] = /^unix:(path|abstract)=([^,;]+)/.exec(address) ?? []
  if (text === undefined) return null
  const name = text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return kind === 'path' ? name : `\0${name}`
}
