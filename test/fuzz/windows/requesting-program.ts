import { socketPath } from '../../../clients/shared/protocol/socket-path.ts'
import { encodeFrame } from '../../../clients/shared/protocol/frames.ts'
import { bySocket, Client } from '../client.ts'

/** How often it asks, and how long it waits for an answer, in milliseconds. */
const [pause, patience] = [800, 15_000]

/**
 * A program that requests values all the time, as the command does, so that there is a prompt, and messages on the prompt's channels have
 * something to answer.
 * @returns ends it
 */
export function startRequesting(profile: string): () => void {
  const path = socketPath(profile, { ...process.env, LATCHKEY_PROFILE_DIR: profile }, process.platform)
  let asked = 0
  const timer = setInterval(() => {
    const wire = bySocket(path) // while the app is locked or restarting nothing listens, which ends the connection
    const client = new Client(wire, () => undefined)
    client.onMessage = (message) => {
      const names = [...JSON.stringify(message).matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name ?? '')
      const key = names[(asked += 1) % Math.max(1, names.length)]
      if ((message as { id?: unknown }).id === 1 && key !== undefined)
        client.say({ id: 2, call: 'get', input: { reference: { account: null, key } } })
    }
    client.send(
      Buffer.concat(
        [
          { kind: 'command', version: 1 },
          { id: 1, call: 'list', input: null },
        ].map(encodeFrame),
      ),
    )
    void client.over(patience)
  }, pause)
  return () => clearInterval(timer)
}
