import { connect } from 'node:net'
import type { Random } from '../../torture/random.ts'
import type { Sent } from './requests.ts'

/**
 * Sends a request as bytes: its body at once or in chunks, whole, damaged or truncated, once or twice on one connection.
 * @returns what was received until nothing more came
 */
export function exchangeRaw(port: number, sent: Sent, random: Random): Promise<string> {
  const one = bytesOf(sent, random)
  const bytes = random.chance(0.2) ? Buffer.concat([one, one]) : one
  const whole = random.chance(0.6) ? bytes : damaged(bytes, random)
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let said = ''
    socket.setTimeout(250, () => socket.destroy()) // the server waits for the rest, or for the next request
    socket.on('data', (chunk) => (said += chunk.toString('latin1')))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(said))
    const at = random.chance(0.3) ? random.whole(0, whole.length) : whole.length
    socket.write(whole.subarray(0, at))
    setImmediate(() => socket.writable && socket.write(whole.subarray(at)))
  })
}

/** Whether a valid request is answered. */
export async function isAlive(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/.well-known/jwks.json`, { signal: AbortSignal.timeout(20_000) })
  return answer.status === 200
}

function bytesOf({ method, path, headers, body }: Sent, random: Random): Buffer {
  const chunked = body !== null && random.chance(0.2)
  const length = random.chance(0.9) ? (body?.length ?? 0) : random.of([0, 1, -1, 2 ** 31, 1e20])
  const fields = { host: '127.0.0.1', ...headers, ...(chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(length) }) }
  const head = `${method} ${path.replace(/[ \r\n]/g, '%20')} HTTP/1.1\r\n${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`
  const content = body ?? Buffer.alloc(0)
  const size = random.chance(0.9) ? content.length.toString(16) : random.of(['ffffffffffffffff', '-1', 'g', '0x10', ''])
  return Buffer.concat(chunked ? [Buffer.from(`${head}${size}\r\n`), content, Buffer.from('\r\n0\r\n\r\n')] : [Buffer.from(head), content])
}

function damaged(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes)
  const at = random.whole(0, Math.max(0, copy.length - 1))
  switch (random.weighted({ flip: 3, cut: 2, more: 2, noise: 1 })) {
    case 'flip':
      for (let left = random.whole(1, 6); left > 0 && copy.length > 0; left -= 1)
        copy[random.whole(0, copy.length - 1)] = random.whole(0, 255)
      return copy
    case 'cut':
      return copy.subarray(0, at)
    case 'more':
      return Buffer.concat([copy.subarray(0, at), Buffer.alloc(random.of([1, 20, 20_000]), random.whole(0, 255)), copy.subarray(at)])
    case 'noise':
      return Buffer.from(Array.from({ length: random.whole(1, 300) }, () => random.whole(0, 255)))
  }
}
