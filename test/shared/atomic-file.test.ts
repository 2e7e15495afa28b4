import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRequire } from 'node:module'
import { beforeEach, describe, expect, it } from 'vitest'
import { createFile, writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { temporaryFolder } from '../temporary-folder.ts'

describe('an atomic write', () => {
  let folder: string
  beforeEach(() => void (folder = temporaryFolder('latchkey-whole-')))

  it('replaces the text, in a private file', () => {
    const path = join(folder, 'file')
    writeFileAtomic(path, 'old')
    writeFileAtomic(path, 'new')
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['new', 0o600])
  })

  it('succeeds beside a leftover of a killed process', () => {
    const path = join(folder, 'file')
    writeFileSync(`${path}.new`, 'half of a long te')
    writeFileAtomic(path, 'new')
    expect(readFileSync(path, 'utf8')).toBe('new')
  })

  it('does not follow a link that was put beside the file', () => {
    const [path, other] = [join(folder, 'file'), join(folder, 'other')]
    writeFileSync(other, 'theirs')
    symlinkSync(other, `${path}.new`)
    writeFileAtomic(path, 'new')
    expect([readFileSync(path, 'utf8'), readFileSync(other, 'utf8')]).toEqual(['new', 'theirs'])
  })

  // Beside a backup that was called "keys", the person's own "keys.new" used to be deleted.
  it('touches no other file in a person’s folder', () => {
    const path = join(folder, 'keys')
    writeFileSync(`${path}.new`, 'theirs')
    writeFileAtomic(path, 'ours', 'chosen')
    expect([readFileSync(path, 'utf8'), readFileSync(`${path}.new`, 'utf8'), statSync(path).mode & 0o777]).toEqual([
      'ours',
      'theirs',
      0o600,
    ])
    mkdirSync(join(folder, 'a folder', 'in it'), { recursive: true })
    expect(() => writeFileAtomic(join(folder, 'a folder'), 'ours', 'chosen')).toThrow()
    expect(readdirSync(folder).sort()).toEqual(['a folder', 'keys', 'keys.new'])
  })

  it('of a new file is refused if it exists, and follows no link', () => {
    const [path, other, link] = [join(folder, 'file'), join(folder, 'other'), join(folder, 'link')]
    createFile(path, 'first')
    expect(() => createFile(path, 'second')).toThrow('EEXIST')
    symlinkSync(other, link)
    expect(() => createFile(link, 'led elsewhere')).toThrow('EEXIST')
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777, readdirSync(folder)]).toEqual(['first', 0o600, ['file', 'link']])
  })

  // With one block left on the disk, the first block of the new text used to replace the whole old one, without an error.
  it.runIf(process.platform === 'linux')('keeps the old text on a nearly full disk, and reports it', () => {
    const program = `
      const { writeFileAtomic } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../shared/files/atomic-file.ts')).href)})
      const { readFileSync, writeFileSync } = await import('node:fs')
      const path = ${JSON.stringify(join(folder, 'file'))}
      writeFileAtomic(path, 'o'.repeat(5000))
      let said = null
      try { writeFileAtomic(path, 'n'.repeat(5000)) } catch (error) { said = error.code }
      console.log(JSON.stringify([said, readFileSync(path, 'utf8') === 'o'.repeat(5000)]))`
    // Four blocks: the folder, two for the old text, and one more.
    const mounted = `mount -t tmpfs -o size=12k,mode=700 tmpfs '${folder}' && exec "$@"`
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
    const command = [process.execPath, '--import', loader, '--input-type=module', '--eval', program]
    const run = spawnSync('unshare', ['-U', '-m', '--map-root-user', 'sh', '-c', mounted, 'sh', ...command], { encoding: 'utf8' })
    expect([run.stderr, run.stdout.trim()]).toEqual(['', '["ENOSPC",true]'])
  })
})
