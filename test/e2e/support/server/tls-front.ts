import { createSocket } from 'node:dgram'
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

/** A served backend as a team runs it: behind TLS, under a name that a resolver has to know. */
export interface TlsFront {
  readonly url: string
  /** For Electron: where the name leads, and which self-signed certificate to accept. */
  readonly switches: readonly string[]
  /** The requests in order, as `POST /auth/api_keys`: each with the number of its connection, and whether that was used before. */
  readonly arrived: { readonly what: string; readonly connection: number; readonly reused: boolean }[]
  /** Passes matching requests to the backend, and closes the connection instead of answering; null answers all. */
  cut: string | null
  /** How many UDP packets arrived at the port at which every answer offers HTTP/3. */
  readonly packets: () => number
  readonly stop: () => Promise<void>
}

const host = 'keys.latchkey.test'

/** @param origin the address of the backend behind it */
export async function putTlsBefore(origin: string): Promise<TlsFront> {
  const { certificate, key, fingerprint } = selfSigned()
  const arrived: TlsFront['arrived'] = []
  const connections: Socket[] = []
  const server = createServer({ cert: certificate, key }, (asked, answer) => {
    const what = `${asked.method} ${(asked.url ?? '').replace('/api/client/v2.0', '')}`
    const reused = connections.includes(asked.socket)
    if (!reused) connections.push(asked.socket)
    arrived.push({ what, connection: connections.indexOf(asked.socket), reused })
    const passedOn = request(origin + (asked.url ?? '/'), { method: asked.method, headers: asked.headers }, (told) => {
      if (what === front.cut) return void told.resume().once('end', () => asked.socket.destroy())
      answer.writeHead(told.statusCode ?? 502, { ...told.headers, 'alt-svc': `h3=":${asked.socket.localPort}"; ma=86400` })
      told.pipe(answer)
    })
    passedOn.on('error', () => answer.destroy())
    asked.pipe(passedOn)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  let packets = 0
  const http3 = createSocket('udp4', () => (packets += 1)).bind(port, '127.0.0.1')
  const front: TlsFront = {
    url: `https://${host}:${port}`,
    arrived,
    cut: null,
    packets: () => packets,
    switches: [`--host-resolver-rules=MAP ${host} 127.0.0.1`, `--ignore-certificate-errors-spki-list=${fingerprint}`],
    stop: async () => {
      http3.close()
      const closed = new Promise((done) => server.close(done))
      server.closeAllConnections()
      await closed
    },
  }
  return front
}

/**
 * A minimal self-signed certificate: names, validity, key, signature.
 * @param addresses IPv4 addresses that it is also valid for
 */
export function selfSigned(addresses: readonly string[] = []): { certificate: string; key: string; fingerprint: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const subject = publicKey.export({ type: 'spki', format: 'der' })
  const ecdsaWithSha256 = sequence(Buffer.from('06082a8648ce3d040302', 'hex'))
  const commonName = Buffer.from('0603550403', 'hex')
  const name = sequence(tagged(0x31, sequence(commonName, tagged(0x0c, Buffer.from(host)))))
  const times = sequence(...['250101000000Z', '491231235959Z'].map((time) => tagged(0x17, Buffer.from(time))))
  const names = sequence(
    tagged(0x82, Buffer.from(host)),
    ...addresses.map((address) => tagged(0x87, Buffer.from(address.split('.').map(Number)))),
  )
  const extensions = tagged(0xa3, sequence(sequence(Buffer.from('0603551d11', 'hex'), tagged(0x04, names))))
  const version3 = tagged(0xa0, tagged(0x02, Buffer.from([2])))
  const body = sequence(version3, tagged(0x02, Buffer.from([1])), ecdsaWithSha256, name, times, name, subject, extensions)
  const signature = tagged(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]))
  const certificate = sequence(body, ecdsaWithSha256, signature).toString('base64')
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    fingerprint: createHash('sha256').update(subject).digest('base64'),
  }
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}

/** DER: a tag, the shortest encoding of the length, the content. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...head]), content])
}
