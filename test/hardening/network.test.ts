import { createSocket, type Socket } from 'node:dgram'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Subject } from './subject.ts'
import { until } from '../until.ts'

type Attempt = (port: Ports) => unknown

const attempts: [string, Attempt][] = [
  [
    'fetch, beacons, sockets and event streams',
    ({ tcp }) => {
      void fetch(`http://127.0.0.1:${tcp}/`, { mode: 'no-cors' }).catch(() => {})
      navigator.sendBeacon(`http://127.0.0.1:${tcp}/`, 'x')
      for (const make of [() => new WebSocket(`ws://127.0.0.1:${tcp}`), () => new EventSource(`http://127.0.0.1:${tcp}/`)]) make()
      const request = new XMLHttpRequest()
      request.open('GET', `http://127.0.0.1:${tcp}/`)
      request.send()
    },
  ],
  [
    'images, styles, fonts, frames and media',
    ({ tcp }) => {
      for (const [name, attribute] of [
        ['img', 'src'],
        ['link', 'href'],
        ['iframe', 'src'],
        ['video', 'src'],
        ['audio', 'src'],
        ['embed', 'src'],
        ['object', 'data'],
        ['script', 'src'],
      ] as const) {
        const element = document.createElement(name)
        if (name === 'link') element.setAttribute('rel', 'stylesheet')
        try {
          element.setAttribute(attribute, `http://127.0.0.1:${tcp}/x`)
        } catch {
          continue // trusted types
        }
        document.body.append(element)
      }
      document.body.style.backgroundImage = `url(http://127.0.0.1:${tcp}/x)`
      void new FontFace('x', `url(http://127.0.0.1:${tcp}/x)`).load().catch(() => {})
    },
  ],
  [
    'hints to connect, prefetch and preload',
    ({ tcp }) => {
      for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'modulepreload', 'prerender', 'manifest', 'icon']) {
        const link = Object.assign(document.createElement('link'), { rel, href: `http://127.0.0.1:${tcp}/x` })
        if (rel === 'preload') link.as = 'image'
        document.head.append(link)
      }
    },
  ],
  [
    'forms and pings',
    ({ tcp }) => {
      const form = Object.assign(document.createElement('form'), { action: `http://127.0.0.1:${tcp}/`, method: 'post' })
      document.body.append(form)
      form.submit()
      const link = Object.assign(document.createElement('a'), { href: '#x', ping: `http://127.0.0.1:${tcp}/` })
      document.body.append(link)
      link.click()
    },
  ],
  [
    'WebTransport',
    ({ udp }) => {
      const { WebTransport } = window as unknown as { WebTransport?: new (url: string) => unknown }
      if (WebTransport !== undefined) new WebTransport(`https://127.0.0.1:${udp}/`)
    },
  ],
  [
    'WebRTC, by UDP and by TCP',
    async ({ address, tcp, udp }) => {
      const servers = [
        `stun:${address}:${udp}`,
        `turn:${address}:${udp}?transport=udp`,
        `turn:${address}:${tcp}?transport=tcp`,
        `turns:${address}:${tcp}?transport=tcp`,
      ]
      const peer = new RTCPeerConnection({ iceServers: servers.map((urls) => ({ urls, username: 'x', credential: 'x' })) })
      peer.createDataChannel('x')
      await peer.setLocalDescription(await peer.createOffer())
      const [late, gathered] = [
        new Promise((done) => setTimeout(done, 5_000)),
        new Promise((done) => (peer.onicecandidate = ({ candidate }) => candidate ?? done(null))),
      ]
      await Promise.race([late, gathered])
    },
  ],
]

/** A page that runs an attacker's code, which tries every way out that Chromium has. Connections are counted, not requests. */
describe('a compromised page', () => {
  let subject: Subject
  let tcp: Server
  let udp: Socket
  let reached: string[] = []
  const port = { address: ownAddress(), tcp: 0, udp: 0 }

  beforeAll(async () => {
    tcp = createServer((socket) => {
      reached.push('tcp')
      socket.on('error', () => {})
      socket.end('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n<title>plain</title>')
    })
    await new Promise<void>((listening) => tcp.listen(0, listening))
    udp = createSocket('udp4', () => reached.push('udp'))
    await new Promise<void>((bound) => udp.bind(0, bound))
    port.tcp = (tcp.address() as AddressInfo).port
    port.udp = udp.address().port
    subject = await Subject.withVault()
  })
  afterAll(async () => {
    await subject.end()
    tcp.close()
    udp.close()
  })

  /** The same attempts in a window without our restrictions, to show that they would connect. */
  async function inPlainWindow(attempt: Attempt): Promise<string[]> {
    await subject.main(async ({ BrowserWindow }, { tcp: http }) => {
      await new BrowserWindow({ show: false, title: 'plain' }).loadURL(`http://127.0.0.1:${http}/`)
    }, port)
    reached = []
    await subject.main(
      ({ BrowserWindow }, code) => {
        const plain = BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'plain')
        return plain?.webContents.executeJavaScript(code, true).then(() => null)
      },
      `void (${attempt.toString()})(${JSON.stringify(port)})`,
    )
    await until(() => reached.length > 0)
    await subject.main(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()
          .find((one) => one.getTitle() === 'plain')
          ?.destroy(),
      null,
    )
    return [...new Set(reached)]
  }

  it.each(attempts)('connects to nobody by %s [11, 42]', async (_, attempt) => {
    reached = []
    await subject.page(attempt, port).catch(() => {}) // An attempt may reject or not; only a connection counts.
    await new Promise((later) => setTimeout(later, 1_500)) // there is no event for a connection that is not made
    expect(reached).toEqual([])
  })

  it.each(attempts)('would connect to somebody by %s in a window without the restrictions [11, 42]', async (_, attempt) => {
    expect(await inPlainWindow(attempt)).not.toEqual([])
  })
})

interface Ports {
  /** This computer's address in its network, which WebRTC needs. */
  readonly address: string
  readonly tcp: number
  readonly udp: number
}

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flat()
  return all.find((one) => one?.family === 'IPv4' && !one.internal)?.address ?? '127.0.0.1'
}
