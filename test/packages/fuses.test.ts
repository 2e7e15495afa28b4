import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { setFuses, wrongFuses } from '../../scripts/dist/electron-builder/fuses.mjs'
import { temporaryFolder } from '../temporary-folder.ts'

/** The marker by which fuses are found in an executable. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** A file with that many fuses, each set to the opposite value. */
function executable(fuses: number): string {
  const folder = temporaryFolder('latchkey-fuses-')
  const path = join(folder, 'electron')
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from(`before ${sentinel}`),
      Buffer.from([1, fuses]),
      Buffer.from('101110010'.slice(0, fuses)),
      Buffer.from(' after'),
    ]),
  )
  return path
}

describe('the fuses of a package', () => {
  it('are all set, and read back', async () => {
    const path = executable(9)
    expect(await wrongFuses(path)).not.toEqual([])
    await setFuses(path, { complete: true })
    expect(await wrongFuses(path)).toEqual([])
    expect(readFileSync(path, 'latin1')).toContain('010011001 after')
  })

  it('must all exist in a release', async () => {
    await expect(setFuses(executable(7), { complete: true })).rejects.toThrow(
      'lacks the fuses GrantFileProtocolExtraPrivileges, WasmTrapHandlers',
    )
  })

  it('are set as far as they exist in a build that is not a release', async () => {
    const path = executable(7)
    await setFuses(path, { complete: false })
    expect(await wrongFuses(path)).toEqual([])
  })

  it('fail the build if Electron has a fuse that is not on the list', async () => {
    const path = executable(9)
    const bytes = readFileSync(path)
    bytes[bytes.indexOf(sentinel) + sentinel.length + 1] = 10 // the byte that follows is read as a tenth fuse
    writeFileSync(path, bytes)
    await expect(setFuses(path, { complete: false })).rejects.toThrow('1 fuses that are not on the list')
  })
})
