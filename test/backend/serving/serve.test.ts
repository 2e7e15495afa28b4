import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, connect, type AddressInfo, type Server } from 'node:net'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { options, usage } from '../../../backend/serving/arguments.ts'
import { checkout } from '../../../scripts/set-up/checkout.mjs'
import { temporaryFolder } from '../../temporary-folder.ts'
import { readyUrl, run, runServe, serve } from './served.ts'

const json = { 'Content-Type': 'application/json' }

describe('the server program', () => {
  test('prints one line when it is ready, and ends with 0 on SIGTERM, even while a request hangs', async () => {
    const { child, said, ended, url } = await serve()
    expect(said.stdout).toBe(`${JSON.stringify({ ready: true, url, appId: 'app-1' })}\n`)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const location = await fetch(`${url}/api/client/v2.0/app/app-1/location`)
    expect(await location.json()).toMatchObject({ hostname: url, ws_hostname: url.replace('http', 'ws') })
    const stalled = connect(Number(new URL(url).port), '127.0.0.1')
    stalled.on('error', () => stalled.destroy())
    onTestFinished(() => void stalled.destroy())
    stalled.write(
      'POST /api/client/v2.0/auth/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    )
    await fetch(`${url}/api/client/v2.0/app/app-1/location`)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(said.stdout.split('\n')).toHaveLength(2)
  })

  test('keeps all data after it was killed', async () => {
    const { child, url, ended, dataDir } = await serve()
    const body = JSON.stringify({ email: 'ada@example.test', password: 'a long password' })
    const register = (at: string) =>
      fetch(`${at}/api/client/v2.0/app/app-1/auth/providers/local-userpass/register`, { method: 'POST', headers: json, body })
    expect((await register(url)).status).toBe(201)
    child.kill('SIGKILL')
    await ended
    const again = runServe(['--port', '0', '--data-dir', dataDir, '--app-id', 'app-1'])
    expect((await register(await readyUrl(again))).status).toBe(409)
  })

  test.each([
    [[], '--port is required'],
    [['--port', 'x', '--data-dir', 'd', '--app-id', 'a'], '--port must be a number'],
    [['--port', '65536', '--data-dir', 'd', '--app-id', 'a'], '--port must be a number'],
    [['--port', '0', '--app-id', 'a'], '--data-dir is required'],
    [['--port', '0', '--data-dir', 'd', '--app-id', '../a'], '--app-id must be'],
    [['--port', '0', '--data-dir', 'd', '--app-id', 'a', '--unknown'], 'Unknown option'],
    [['--port', '0', '--data-dir', 'd', '--app-id', 'a', 'surplus'], 'Unexpected argument'],
    [['--port', '0', '--data-dir', 'd', '--app-id', 'a', '--smtp-url', 'smtp://u:hunter2@h'], 'must not hold a password'],
    [['--port', '0', '--data-dir', 'd', '--app-id', 'a', '--smtp-url', 'smtp://h'], 'Mail needs --public-url'],
    [['--port', '0', '--data-dir', 'd', '--app-id', 'a', '--public-url', 'keys'], 'the public URL must be'],
    [['--port', '0', '--data-dir', 'd', '--app-id', 'a', '--key-prefix', 'Acme'], 'the key prefix must be'],
    [['--port', '0', '--data-dir', 'd', '--app-id', 'a', '--custom-token-secret-file', '/does/not/exist'], 'cannot be read (ENOENT)'],
  ])('refuses %j with status 2 and a sentence', async (args, sentence) => {
    const { said, ended } = runServe(args)
    expect(await ended).toBe(2)
    expect(said.stdout).toBe('')
    expect(said.stderr).toContain(sentence)
    expect(said.stderr).not.toContain('hunter2')
    expect(said.stderr).not.toMatch(/^\s+at /m)
  })

  test('ends with 1 and a sentence if its port or data folder is in use', async () => {
    const { url, dataDir } = await serve()
    const { port } = new URL(url)
    const other = runServe(['--port', port, '--data-dir', temporaryFolder(), '--app-id', 'a'])
    expect([await other.ended, other.said.stderr]).toEqual([1, expect.stringContaining('EADDRINUSE')])
    const second = runServe(['--port', '0', '--data-dir', dataDir, '--app-id', 'a'])
    expect([await second.ended, second.said.stderr]).toEqual([1, expect.stringContaining('another process has the data folder open')])
  })

  test('refuses anonymous users with --no-anonymous', async () => {
    const { url } = await serve(['--no-anonymous'])
    const login = await fetch(`${url}/api/client/v2.0/app/app-1/auth/providers/anon-user/login`, {
      method: 'POST',
      headers: json,
      body: '{}',
    })
    expect(await login.json()).toMatchObject({ error_code: 'AuthProviderNotFound' })
  })

  test('reads the custom-token secret from a file', async () => {
    const secret = 'a secret of thirty-two bytes or more'
    const file = join(temporaryFolder(), 'secret')
    writeFileSync(file, `${secret}\n`)
    const { url, said } = await serve(['--custom-token-secret-file', file])
    const claims = { sub: 'ada', aud: 'app-1', exp: Math.floor(Date.now() / 1000) + 60 }
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret))
    const login = await fetch(`${url}/api/client/v2.0/app/app-1/auth/providers/custom-token/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ token }),
    })
    expect(login.status).toBe(200)
    expect(said.stderr).not.toContain(secret)
  })

  test('sends mail over SMTP, and logs neither address nor link', async () => {
    const { server, port, mail } = await smtpServer()
    onTestFinished(() => void server.close())
    const { url, said } = await serve(['--public-url', 'https://keys.example.test', '--mail-from', 'keys@example.test'], {
      LATCHKEY_SMTP_URL: `smtp://127.0.0.1:${port}`,
    })
    const body = JSON.stringify({ email: 'ada@example.test', password: 'a long password' })
    const registered = await fetch(`${url}/api/client/v2.0/app/app-1/auth/providers/local-userpass/register`, {
      method: 'POST',
      headers: json,
      body,
    })
    expect(registered.status).toBe(201)
    const text = (await mail).replace(/=\r\n/g, '').replace(/=3D/g, '=')
    expect(text).toContain('To: ada@example.test')
    const token = /token=([A-Za-z0-9_-]{43})&tokenId=[0-9a-f]{24}/.exec(text)?.[1]
    expect(token).toBeDefined()
    expect(said.stderr).not.toContain(String(token))
    expect(said.stderr).not.toContain('ada@example.test')
  })
})

describe('the options of the server program', () => {
  test('are printed alike by npm run serve -- --help and by the program itself', async () => {
    for (const { said, ended } of [run(join(checkout, 'scripts', 'serve.mjs'), ['--help']), runServe(['--help'])]) {
      expect([await ended, said.stderr, said.stdout]).toEqual([0, '', usage])
    }
  })

  test.each(Object.entries(options).filter(([name]) => name !== 'help'))('include --%s in the help, with its default', (name, option) => {
    const inHelp = usage.split(/\n {2}(?=--)/).find((part) => part.startsWith(`--${name} `))
    expect(inHelp).toMatch(/\(required\)|\(default: /)
    if ('default' in option && option.default !== false) expect(inHelp).toContain(`(default: ${option.default})`)
  })

  test('are the ones that docs/team-server.md lists', () => {
    const rows = readFileSync(join(checkout, 'docs', 'team-server.md'), 'utf8').matchAll(/^\| `--([a-z-]+)/gm)
    expect(Array.from(rows, ([, name]) => name).sort()).toEqual(
      Object.keys(options)
        .filter((name) => name !== 'help')
        .sort(),
    )
  })
})

/** As much of an SMTP server (RFC 5321) as is needed to receive one mail. */
async function smtpServer(): Promise<{ server: Server; port: number; mail: Promise<string> }> {
  let received: (text: string) => void
  const mail = new Promise<string>((resolve) => (received = resolve))
  const server = createServer((socket) => {
    let data: string | null = null
    // The client is killed at the end of the test, with its connection open.
    socket.on('error', () => socket.destroy())
    socket.setEncoding('utf8').write('220 test\r\n')
    socket.on('data', (text: string) => {
      if (data !== null) {
        data += text
        if (!data.endsWith('\r\n.\r\n')) return
        received(data)
        data = null
        socket.write('250 ok\r\n')
      } else if (/^DATA/i.test(text)) {
        data = ''
        socket.write('354 go on\r\n')
      } else if (/^QUIT/i.test(text)) socket.end('221 bye\r\n')
      else socket.write('250 ok\r\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as AddressInfo).port, mail }
}
