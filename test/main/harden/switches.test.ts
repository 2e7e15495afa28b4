import { describe, expect, it } from 'vitest'
import { harden } from '../../../main/harden/harden.ts'
import { findForbiddenSwitch } from '../../../main/harden/switches.ts'

/** Of each way in: the sandbox, the network, the page, the debugger, the engine, the keychain, what is written, and who is started. */
const dangerous = [
  ...['--no-sandbox', '--disable-setuid-sandbox', '--disable-seccomp-filter-sandbox', '--single-process', '--no-zygote'],
  ...['--proxy-server=http://evil', '--proxy-pac-url=http://evil', '--host-resolver-rules=MAP * evil', '--host-rules=MAP * evil'],
  ...['--ignore-certificate-errors', '--ignore-certificate-errors-spki-list=x', '--ssl-key-log-file=/tmp/x', '--log-net-log=/tmp/x'],
  ...[
    '--disable-web-security',
    '--allow-running-insecure-content',
    '--enable-blink-features=X',
    '--disable-features=X',
    '--enable-features=X',
  ],
  ...['--remote-debugging-port=0', '--remote-debugging-pipe', '--inspect', '--inspect-brk=0', '--remote-allow-origins=*'],
  ...['--js-flags=--expose-gc', '--load-extension=/tmp/x', '--password-store=basic', '--enable-logging', '--v=3', '-r', '--require'],
  ...['--user-data-dir=/tmp/x', '--disk-cache-dir=/tmp/x', '--crash-dumps-dir=/tmp/x', '--renderer-cmd-prefix=sh', '--gpu-launcher=sh'],
  ...['--utility-cmd-prefix=sh', '--type=renderer', '--a-switch-of-next-year'],
]

describe('command-line switches of the app', () => {
  it.each(dangerous)('is refused: %s', (word) => {
    expect(findForbiddenSwitch(['latchkey://open', word], 'linux')).toBe(word.split('=')[0])
  })

  it.each([
    ['one dash', '-no-sandbox'],
    ['blanks around it', ' \t--no-sandbox '],
    ['nothing but dashes', '--'],
    ['an equals sign alone', '-=x'],
    ['an allowed name in capitals', '--HIDDEN'],
    ['an allowed name and more', '--hidden-not'],
    ['an allowed name after three dashes', '---hidden'],
  ])('is refused with %s, as Chromium would read it', (_, word) => {
    expect(findForbiddenSwitch([word], 'linux')).not.toBeNull()
  })

  it('is refused after a slash and in capitals on Windows', () => {
    expect(findForbiddenSwitch(['/No-Sandbox'], 'win32')).toBe('/No-Sandbox')
    expect(findForbiddenSwitch(['/Hidden'], 'win32')).toBeNull()
    expect(findForbiddenSwitch(['/home/dev'], 'linux')).toBeNull()
  })

  it('may say where its windows appear, that it starts hidden, and a link', () => {
    const words = ['--hidden', '--ozone-platform=wayland', '--force-device-scale-factor=2', '--lang=de', 'latchkey://open']
    expect(findForbiddenSwitch(words, 'linux')).toBeNull()
    expect(findForbiddenSwitch([], 'linux')).toBeNull()
    expect(findForbiddenSwitch(['-psn_0_12345'], 'darwin')).toBeNull()
    expect(findForbiddenSwitch(['-psn_0_12345'], 'linux')).not.toBeNull()
  })
})

describe('hardening at the start', () => {
  const start = { packaged: true, words: [] as string[], environment: {}, platform: 'linux' } as const

  it('is refused with a sentence that names the switch, and neither its value nor what would steer a terminal', () => {
    const told = harden({ ...start, words: ['--proxy-server=http://user:secret@evil'] })
    expect(told).toBe('it does not start with --proxy-server, which could weaken what keeps your keys safe. Start it without.')
    expect(harden({ ...start, words: ['--\x1b[2J'] })).not.toContain('\x1b')
  })

  // An AppImage adds the switch where there are no user namespaces: who gave none was told to start without it.
  it('of an AppImage that may have no sandbox is refused with what to do about it', () => {
    const told = harden({ ...start, words: ['--no-sandbox'], environment: { APPIMAGE: '/home/dev/Latchkey.AppImage' } })
    expect(told).toMatch(/^it does not start with --no-sandbox\. .* no user namespaces.* Install the deb instead, or allow them/)
    expect(harden({ ...start, words: ['--no-sandbox'] })).toContain('Start it without.')
  })

  it('goes on without, and a developer’s own with whatever they want', () => {
    expect(harden(start)).toBeNull()
    expect(harden({ ...start, packaged: false, words: ['--remote-debugging-port=0'] })).toBeNull()
  })

  it.each(['SSLKEYLOGFILE', 'NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_EXTRA_CA_CERTS', 'SslKeyLogFile'])('forgets %s', (name) => {
    const environment: NodeJS.ProcessEnv = { PATH: '/bin', [name]: '/tmp/x' }
    harden({ ...start, packaged: false, environment })
    expect(environment).toEqual({ PATH: '/bin' })
  })
})
