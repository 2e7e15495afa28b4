import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { capture } from '../../process/child.mjs'
import { Failure } from '../../process/failure.mjs'

/**
 * Signs what macOS loads from outside the archive, before its digests are taken, because a signature there is a part of the file.
 * electron-builder skips these files (mac.signIgnore).
 * @param {string} resources
 */
export async function signNatives(resources) {
  const identity = process.env['CSC_NAME'] ?? '-' // ad hoc if there is no identity: for this computer only
  const natives = readdirSync(resources, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.node'))
    .map((entry) => join(entry.parentPath, entry.name))
  const timestamp = identity === '-' ? [] : ['--timestamp']
  const { status, stderr } = await capture('codesign', [
    '--force',
    '--options',
    'runtime',
    ...timestamp,
    '--sign',
    identity,
    ...natives,
    join(resources, 'latchkey'),
  ])
  if (status !== 0) throw new Failure(`codesign failed (status ${status}): ${stderr.trim()}`, 'CSC_NAME names the identity to sign with.')
}
