/**
 * Copies a store on a disk that has no room for the copy: `full-disk.ts FOLDER`, in a mount namespace of its own. Prints the code of the
 * backend's error, that of the app's, and how many partial copies were left.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBackend } from '../../../backend/backend.ts'
import { embeddedBackend } from '../../../main/storage/embedded-backend.ts'

const [folder = ''] = process.argv.slice(2)
const dataDir = join(folder, 'data')
execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=700', 'full-disk', folder])

const backend = await openBackend({ dataDir, appId: 'app-1' })
const first = await copyOnFullDisk(backend)
await backend.close()

const embedded = embeddedBackend(dataDir)
await embedded.reach('http://latchkey.internal/', { method: 'GET' }) // opens it
const second = await copyOnFullDisk(embedded)
await embedded.close()

console.log(first, second, readdirSync(dataDir).filter((name) => name.endsWith('.copy')).length)

async function copyOnFullDisk({ copy }: { copy: () => Promise<unknown> }): Promise<string> {
  const filling = join(folder, 'filling')
  for (let kilobytes = 1024; kilobytes > 0; kilobytes = Math.floor(kilobytes / 2)) {
    try {
      writeFileSync(filling, Buffer.alloc(kilobytes * 1024), { flag: 'a' })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
  try {
    await copy()
    return 'copied'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  } finally {
    rmSync(filling)
  }
}
