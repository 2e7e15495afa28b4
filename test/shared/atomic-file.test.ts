import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createRequire } from 'node:module'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFile, writeFileAtomic } from '../../shared/files/atomic-file.ts'

describe('a file that is replaced as a whole', () => {
  let folder: string
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'latchkey-whole-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

  it('has the new text, and is its user’s alone', () => {
    const path = join(folder, 'file')
    writeFileAtomic(path, 'old')
    writeFileAtomic(path, 'new')
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['new', 0o600])
  })

  it('is not hindered by what a killed process left beside it', () => {
    const path = join(folder, 'file')
    writeFileSync(`${path}.new`, 'half of a long te')
    writeFileAtomic(path, 'new')
    expect(readFileSync(path, 'utf8')).toBe('new')
  })

  it('is not led elsewhere by a link that was put beside it', () => {
    const [path, other] = [join(folder, 'file'), join(folder, 'other')]
    writeFileSync(other, 'theirs')
    symlinkSync(other, `${path}.new`)
    writeFileAtomic(path, 'new')
    expect([readFileSync(path, 'utf8'), readFileSync(other, 'utf8')]).toEqual(['new', 'theirs'])
  })

  // Beside a backup that was called "keys", the person's own "keys.new" was deleted.
  it('has nothing beside it touched where its folder is a person’s', () => {
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

  it('that must not be there yet is made once: what is there stays, and a link is not followed', () => {
    const [path, other, link] = [join(folder, 'file'), join(folder, 'other'), join(folder, 'link')]
    createFile(path, 'first')
    expect(() => createFile(path, 'second')).toThrow('EEXIST')
    symlinkSync(other, link)
    expect(() => createFile(link, 'led elsewhere')).toThrow('EEXIST')
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777, readdirSync(folder)]).toEqual(['first', 0o600, ['file', 'link']])
  })

  // With one block left on the disk, the first block of the new text once took the place of the whole old one, without an error.
  it.runIf(process.platform === 'linux')('keeps the old text on a disk that is nearly full, and says so', () => {
    const program = `
      const { writeFileAtomic } = await import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../shared/files/atomic-file.ts')).href)})
      const { readFileSync, writeFileSync } = await import('node:fs')
      const path = ${JSON.stringify(join(folder, 'file'))}
      writeFileAtomic(path, 'o'.repeat(5000))
      let said = null
      try { writeFileAtomic(path, 'n'.repeat(5000)) } catch (error) { said = error.code }
      console.log(JSON.stringify([said, readFileSync(path, 'utf8') === 'o'.repeat(5000)]))`
    // Four blocks: the folder's own, two for the old text, and one.
    const mounted = `mount -t tmpfs -o size=12k,mode=700 tmpfs '${folder}' && exec "$@"`
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
    const command = [process.execPath, '--import', loader, '--input-type=module', '--eval', program]
    const run = spawnSync('unshare', ['-U', '-m', '--map-root-user', 'sh', '-c', mounted, 'sh', ...command], { encoding: 'utf8' })
    expect([run.stderr, run.stdout.trim()]).toEqual(['', '["ENOSPC",true]'])
  })
})
