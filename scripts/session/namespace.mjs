import { readFileSync } from 'node:fs'
import { capture } from '../process/child.mjs'
import { Failure } from '../process/failure.mjs'

/**
 * Electron refuses to run as root with its sandbox on. In a user namespace that maps root to an ordinary user it does not see itself as
 * root, and keeps the sandbox. Bus and keyring have to run in the same namespace, or they refuse it.
 * @param {number | undefined} user the real user id; undefined on systems without user ids
 * @returns {string[]} the words to put before a command
 */
export function namespacePrefix(user) {
  return user === 0 ? ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'] : []
}

/**
 * Fails with a sentence if the kernel does not allow user namespaces, which Chromium's sandbox needs.
 * @returns {Promise<void>}
 */
export async function checkNamespaces() {
  const mapping = process.getuid?.() === 0 ? ['--map-user=1000', '--map-group=1000'] : ['--map-root-user']
  const { status, stderr } = await capture('unshare', ['--user', ...mapping, '--', process.execPath, '-e', '0'])
  if (status === 0) return
  throw new Failure(
    `User namespaces are off here, and Electron's sandbox needs them (${stderr.trim().split('\n')[0]}).`,
    namespaceRemedy(readSetting),
  )
}

/**
 * @param {(name: string) => string | null} setting reads a kernel setting by its dotted name; null if it does not exist
 * @returns {string}
 */
export function namespaceRemedy(setting) {
  if (setting('kernel.unprivileged_userns_clone') === '0') return 'Run: sudo sysctl -w kernel.unprivileged_userns_clone=1'
  if (setting('user.max_user_namespaces') === '0') return 'Run: sudo sysctl -w user.max_user_namespaces=15000'
  if (setting('kernel.apparmor_restrict_unprivileged_userns') === '1') {
    return 'Run: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'
  }
  return 'In a container, start it with a seccomp profile that allows unshare (Docker: seccomp=unconfined).'
}

/** @param {string} name */
function readSetting(name) {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim()
  } catch {
    return null
  }
}
