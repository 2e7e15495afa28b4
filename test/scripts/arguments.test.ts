import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appEnvironment, hasDisplay, launchCommand } from '../../scripts/app/launch.mjs'
import { parseTour } from '../../scripts/app/tour.mjs'
import { failureText, Failure } from '../../scripts/process/failure.mjs'
import { exitStatus } from '../../scripts/process/child.mjs'
import { checkout } from '../../scripts/set-up/checkout.mjs'
import { downloadError } from '../../scripts/set-up/electron/electron.mjs'
import { namespaceRemedy } from '../../scripts/session/namespace.mjs'
import { temporaryFolder } from '../temporary-folder.ts'

describe('the options of npm run tour', () => {
  it('name the folder of the pictures, or leave it to the script', () => {
    expect(parseTour([])).toEqual({ out: null })
    expect(parseTour(['--out', 'pictures'])).toEqual({ out: 'pictures' })
    expect(parseTour(['--out=pictures'])).toEqual({ out: 'pictures' })
  })

  it.each([[['--out']], [['--out', '']], [['--out=']], [['--out', '--x']], [['pictures']], [['--out', 'a', 'b']], [['--in', 'a']]])(
    'are refused with status 2: %j',
    (args) => {
      expect(() => parseTour(args)).toThrowError(expect.objectContaining({ name: 'Failure', status: 2 }))
    },
  )
})

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>
}

describe('every script', () => {
  const commands = Object.values((JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as Manifest).scripts)
  const scripts = commands.flatMap((command) => /\bscripts\/([\w-]+\.mjs)$/.exec(command)?.[1] ?? [])

  it('is found in package.json', () => expect(scripts).toContain('start.mjs'))

  // Regression: a script that imported a package could not install it, so the first command in a fresh checkout ended with a stack trace.
  it('starts in a checkout where no package is installed yet', () => {
    const fresh = temporaryFolder('latchkey-fresh-')
    for (const name of ['scripts', 'package.json', 'package-lock.json', 'backend/serving/usage.txt'])
      cpSync(join(checkout, name), join(fresh, name), { recursive: true })
    for (const name of scripts) {
      const { status, stderr } = spawnSync(process.execPath, [join(fresh, 'scripts', name), '--help'], { encoding: 'utf8' })
      expect({ name, status, stderr }).toEqual({ name, status: 0, stderr: '' })
    }
  })

  it.each(scripts)('%s prints its help on --help, and does nothing else', (name) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(checkout, 'scripts', name), '--help'], {
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^npm /)
  })

  it('prints a failure as a sentence, without a stack', () => {
    expect(failureText(new Failure('It broke.', 'Mend it.'), {})).toBe('It broke.\nMend it.')
    expect(failureText(new TypeError('x is undefined'), {})).not.toMatch(/\n\s+at /)
  })
})

describe('npm start', () => {
  it('needs a display on Linux only', () => {
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
    expect(hasDisplay({}, 'darwin')).toBe(true)
    expect(hasDisplay({}, 'win32')).toBe(true)
  })

  it('never turns the sandbox off: root runs it in a user namespace', () => {
    const start = { executable: '/e/electron', args: ['--flag'] }
    expect(launchCommand({ ...start, root: false })).toEqual(['/e/electron', checkout, '--flag'])
    const asRoot = launchCommand({ ...start, root: true })
    expect(asRoot).not.toContain('--no-sandbox')
    expect(asRoot[0]).toBe('unshare')
    expect(asRoot.slice(-3)).toEqual(['/e/electron', checkout, '--flag'])
  })

  it('does not let the environment turn Electron into Node', () => {
    expect(appEnvironment({ ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect', LANG: 'C' })).toEqual({ LANG: 'C' })
  })
})

describe('a reported failure', () => {
  it('names the setting that forbids user namespaces', () => {
    const only = (name: string, value: string) => namespaceRemedy((asked) => (asked === name ? value : null))
    expect(only('kernel.unprivileged_userns_clone', '0')).toContain('kernel.unprivileged_userns_clone=1')
    expect(only('user.max_user_namespaces', '0')).toContain('user.max_user_namespaces=')
    expect(only('kernel.apparmor_restrict_unprivileged_userns', '1')).toContain('restrict_unprivileged_userns=0')
    expect(only('none', '')).toContain('container')
  })

  it('is one sentence for a failed download', () => {
    expect(downloadError('RequestError: getaddrinfo ENOTFOUND a.example\n    at ClientRequest.<anonymous>')).toBe(
      'RequestError: getaddrinfo ENOTFOUND a.example',
    )
    expect(downloadError('')).toBe('no reason given')
  })

  it('has the exit status that a shell would report', () => {
    expect(exitStatus(3, null)).toBe(3)
    expect(exitStatus(null, 'SIGTERM')).toBe(143)
  })
})
