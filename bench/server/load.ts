import { connect, type Socket } from 'node:net'

export interface Load {
  readonly connections: number
  readonly seconds: number
}

export interface Speed {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p99: number
}

/**
 * Lets clients ask a server on this computer, each on a connection of its own and one request at a time, until the time is over or there
 * are no requests left. Bytes on sockets, because a client library would take more of the processor than the server.
 * @throws Error at an answer that is no success
 */
export async function putLoad(url: string, next: () => Buffer | null, { connections, seconds }: Load): Promise<Speed> {
  const { hostname, port } = new URL(url)
  const times: number[] = []
  const start = performance.now()
  const end = start + seconds * 1000
  const client = async (): Promise<void> => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    try {
      for (let request = next(); request !== null && performance.now() < end; request = next()) {
        const sent = performance.now()
        socket.write(request)
        await readSuccess(socket)
        times.push(performance.now() - sent)
      }
    } finally {
      socket.destroy()
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
  const took = (performance.now() - start) / 1000
  times.sort((a, b) => a - b)
  return { perSecond: times.length / took, p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN }
}

/** The bytes of a request with a JSON body, or without one. */
export function requestBytes(method: string, path: string, headers: Readonly<Record<string, string>>, body?: object): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body)
  const all = { Host: '127.0.0.1', ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) }
  const lines = Object.entries({ ...all, 'Content-Length': String(Buffer.byteLength(text)) }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`)
}

function readSuccess(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const done = (error?: Error): void => {
      socket.removeAllListeners()
      if (error === undefined) resolve()
      else reject(error)
    }
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      if (!isWhole(answer)) return
      done(/^HTTP\/1\.1 20[01] /.test(answer) ? undefined : new Error(`answered ${answer.slice(0, 300)}`))
    })
    socket.once('error', done)
    socket.once('close', () => done(new Error('the connection was closed')))
  })
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n')
  if (head === -1) return false
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(answer.slice(0, head + 2))?.[1]
  return length === undefined ? answer.endsWith('\r\n0\r\n\r\n') : answer.length >= head + 4 + Number(length)
}
