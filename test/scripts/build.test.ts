import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { sourceHash } from '../../scripts/app/build.mjs'
import { temporaryFolder } from '../temporary-folder.ts'

describe("the hash of a build's sources", () => {
  let root: string
  beforeEach(() => {
    root = temporaryFolder('sources-')
    mkdirSync(join(root, 'main', 'vault'), { recursive: true })
    mkdirSync(join(root, 'test'))
    writeFileSync(join(root, 'main', 'vault', 'key.ts'), 'one')
    writeFileSync(join(root, 'package-lock.json'), '{}')
  })

  it('stays the same if only a time stamp or a test changed', () => {
    const before = sourceHash(root)
    writeFileSync(join(root, 'main', 'vault', 'key.ts'), 'one')
    writeFileSync(join(root, 'test', 'a.test.ts'), 'new')
    expect(sourceHash(root)).toBe(before)
  })

  it.each<[string, (at: string) => void]>([
    ['a file changes', (at) => writeFileSync(join(at, 'main/vault/key.ts'), 'two')],
    ['a file is added', (at) => writeFileSync(join(at, 'main/new.ts'), '')],
    ['a file is removed', (at) => rmSync(join(at, 'main/vault/key.ts'))],
    ['a file is renamed', (at) => renameSync(join(at, 'main/vault/key.ts'), join(at, 'main/vault/key-operations.ts'))],
    ['a dependency changes', (at) => writeFileSync(join(at, 'package-lock.json'), '{ }')],
  ])('changes if %s', (_, change) => {
    const before = sourceHash(root)
    change(root)
    expect(sourceHash(root)).not.toBe(before)
  })
})
