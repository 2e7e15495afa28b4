import { statSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from '../process/child.mjs'

/**
 * When the packed sources were last changed. It is the time in a package, so that the same sources give the same package.
 * @param {string} root
 * @returns {Promise<Date>} of the last commit; outside of a repository, that of package.json
 */
export async function lastChange(root) {
  const { status, stdout } = await capture('git', ['log', '-1', '--format=%ct'], { cwd: root })
  if (status === 0) return new Date(Number(stdout) * 1000)
  return statSync(join(root, 'package.json')).mtime
}
