import assert from 'node:assert/strict'
import { existsSync, lstatSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { holdsWithin, InstalledApp, until } from './app.mjs'
import { must } from './ordinary-user.mjs'

/**
 * @typedef {object} Scene
 * @property {string} older the package of an older version
 * @property {string} newer
 * @property {string} name the package's
 * @property {import('./ordinary-user.mjs').OrdinaryUser} user
 * @property {string | null} pictures a folder for them
 * @typedef {[what: string, step: () => Promise<void>]} Step
 */

/**
 * The life of a package on a user's computer, from its installation to its removal.
 * @param {Scene} scene
 * @returns {Step[]}
 */
export function steps({ older, newer, name, user, pictures }) {
  /** @type {InstalledApp} */
  let app
  const picture = async (/** @type {string} */ file) => void (pictures !== null && (await app.picture(`${pictures}/${file}.png`)))
  const profile = async () => (await user.run('sh', '-c', 'ls -d "$HOME/.config/Latchkey"')).stdout.trim()
  return [
    [
      'an older version can be installed, with its dependencies',
      async () => void (await must('apt-get', ['install', '-y', '--no-install-recommends', older])),
    ],
    [
      'every file belongs to root, and only root can write to it',
      async () => {
        const files = (await must('dpkg', ['-L', name])).split('\n').filter((path) => path.startsWith('/usr/'))
        for (const path of files) {
          const { uid, gid, mode } = lstatSync(path)
          const open = !lstatSync(path).isSymbolicLink() && (mode & 0o022) !== 0
          assert.ok(uid === 0 && gid === 0 && !open, `${path} does not belong to root alone`)
        }
        assert.ok(files.length > 100)
      },
    ],
    [
      'the command is in the path, with completions and a manual',
      async () => {
        assert.match((await user.run('latchkey', '--version')).stdout, /^latchkey \d/)
        assert.match(
          (await user.run('bash', '-c', '. /usr/share/bash-completion/completions/latchkey && complete -p latchkey')).stdout,
          /latchkey/,
        )
        assert.ok(existsSync('/usr/share/man/man1/latchkey.1.gz') && existsSync('/usr/share/zsh/vendor-completions/_latchkey'))
      },
    ],
    [
      'latchkey:// links open Latchkey, by its desktop entry',
      async () =>
        assert.equal(
          (await user.run('xdg-mime', 'query', 'default', 'x-scheme-handler/latchkey')).stdout.trim(),
          'latchkey-desktop.desktop',
        ),
    ],
    [
      'an ordinary user opens it, with the sandbox on',
      async () => {
        app = await InstalledApp.open(user)
        await until('the page of the window', async () => app.processes().some(({ type }) => type === 'renderer'))
        await picture('first-run')
        const all = app.processes()
        for (const { pid, type, status } of all) {
          assert.doesNotMatch(status, /^Uid:\t0\t/m, `process ${pid} (${type}) runs as root`)
          if (type === 'renderer') assert.match(status, /^Seccomp:\t2$/m, `the page’s process ${pid} is not sandboxed`)
        }
        assert.equal(statSync('/usr/lib/latchkey/chrome-sandbox').mode & 0o7777, 0o755)
      },
    ],
    [
      'a vault can be created in its window',
      async () => {
        await app.press('Tab', 'Return')
        await until('an open vault', () => app.isOpen())
        await picture('vault')
      },
    ],
    ['a key can be created in its window', () => makeKey('payments')],
    ['latchkey list shows the key', async () => assert.deepEqual(await app.keys(), ['payments'])],
    [
      'a newer version can be installed while the vault is open, and says that the older one still runs',
      async () => assert.match(await must('dpkg', ['-i', newer]), /The former version of Latchkey still runs/),
    ],
    [
      'the older version that still runs goes on working',
      async () => {
        assert.ok(await app.isOpen())
        await makeKey('billing')
        assert.deepEqual(await app.keys(), ['billing', 'payments'])
      },
    ],
    [
      'the newer version opens the same vault',
      async () => {
        await app.quit()
        app = await InstalledApp.open(user)
        await until('an open vault', () => app.isOpen())
        assert.deepEqual(await app.keys(), ['billing', 'payments'])
        await picture('upgraded')
      },
    ],
    [
      'the doctor reports a file that was added to the app’s folder',
      async () => {
        assert.doesNotMatch((await user.run('latchkey', 'doctor', '--json')).stdout, /app-changed/)
        writeFileSync('/usr/lib/latchkey/libplanted.so', '')
        assert.match((await user.run('latchkey', 'doctor', '--json')).stdout, /app-changed/)
        rmSync('/usr/lib/latchkey/libplanted.so')
      },
    ],
    ['no process of it is left after it was closed', () => app.quit()],
    [
      'removing it keeps the vault, and says where it is',
      async () => {
        assert.match(await must('dpkg', ['-r', name]), /Every vault stays as it is.*~\/\.config\/Latchkey/)
        assert.ok(!existsSync('/usr/lib/latchkey') && !existsSync('/etc/apparmor.d/latchkey'))
        assert.match(await profile(), /Latchkey$/)
      },
    ],
    [
      'installed again, it opens the vault as it was',
      async () => {
        await must('dpkg', ['-i', newer])
        app = await InstalledApp.open(user)
        await until('an open vault', () => app.isOpen())
        assert.deepEqual(await app.keys(), ['billing', 'payments'])
        await app.quit()
      },
    ],
    [
      'purging it keeps the vault too',
      async () => {
        assert.match(await must('dpkg', ['-P', name]), /Every vault stays as it is/)
        assert.match(await profile(), /Latchkey$/)
        assert.doesNotMatch(await must('dpkg-query', ['-W', '-f', '${Package}\n']), new RegExp(`^${name}$`, 'm'))
      },
    ],
  ]

  /** @param {string} key its name */
  async function makeKey(key) {
    // A window does not tell other programs when it accepts keys, so the input is repeated until it has an effect.
    await until(`the key ${key}`, async () => {
      await app.press('Escape', 'ctrl+n')
      await app.type(key)
      await picture(`name-${key}`)
      await app.press('Return')
      return holdsWithin(async () => (await app.keys()).includes(key), 8_000)
    })
    await picture(`key-${key}`)
    await app.press('Escape')
  }
}
