import { beforeEach, describe, expect, it } from 'vitest'
import { startedByBrowser } from '../../../clients/native-host/started-by-browser.ts'
import { encodeFrame, FrameReader } from '../../../clients/shared/protocol/frames.ts'
import { FakeApp, listeningFakeApp } from '../fake-app.ts'
import type { Started } from '../command-line.ts'

const chromium = ['chrome-extension://abcdefghijklmnopabcdefghijklmnop/']
const firefox = ['/home/dev/.mozilla/native-messaging-hosts/dev.latchkey.json', 'latchkey@latchkey.dev']

describe('the program that started the executable', () => {
  it.each([[chromium], [[...chromium, '--parent-window=0']], [firefox]])('is recognised as a browser by the arguments %j', (args) => {
    expect(startedByBrowser(args)).toBe(true)
  })

  it.each([[[]], [['get', 'payments']], [['x.json']], [['x.json', 'list']], [['inject', 'chrome-extension://x/']], [['--help', 'a@b']]])(
    'is not taken to be a browser because of the arguments %j',
    (args) => {
      expect(startedByBrowser(args)).toBe(false)
    },
  )
})

describe('the native messaging host', () => {
  const app = listeningFakeApp()
  beforeEach(() => {
    app.instead = ({ id }) => encodeFrame({ echo: id })
  })

  function hear(host: Started): Promise<unknown> {
    const reader = new FrameReader()
    return new Promise((heard) => host.child.stdout.on('data', (chunk: Buffer) => reader.push(chunk).forEach(heard)))
  }

  for (const [browser, args] of [
    ['Chromium', chromium],
    ['Firefox', firefox],
  ] as const) {
    it(`copies the bytes between ${browser} and the app, and writes nothing of its own`, async () => {
      const host = app.start(args)
      const answer = hear(host)
      const frames = Buffer.concat([encodeFrame({ kind: 'browser', Ünread: true }), encodeFrame({ id: 1, call: 'status', input: null })])
      for (const byte of frames) host.child.stdin.write(Buffer.from([byte]))
      expect(await answer).toEqual({ echo: 1 })
      expect(app.heard).toEqual([
        { kind: 'browser', Ünread: true },
        { id: 1, call: 'status', input: null },
      ])
      host.child.stdin.end()
      expect(await host.ended).toMatchObject({ status: 0, stderr: '' })
    })
  }

  it('ends when the app closes the connection, so that the browser notices', async () => {
    const host = app.start(chromium)
    const answer = hear(host)
    host.child.stdin.write(encodeFrame({ id: 7, call: 'status', input: null }))
    await answer
    for (const socket of app.connections) socket.destroy()
    expect(await host.ended).toMatchObject({ status: 0, stderr: '' })
  })

  it('ends at once if the app is not running and cannot be started', async () => {
    const alone = new FakeApp()
    const { status, stdout } = await alone.run(chromium)
    expect([status, stdout]).toEqual([3, ''])
  })
})
