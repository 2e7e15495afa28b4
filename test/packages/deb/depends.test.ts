import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dependsOf } from '../../../scripts/dist/deb/depends.mjs'
import { elfNeeds } from '../../../scripts/dist/deb/elf.mjs'

describe('the libraries that a program needs', () => {
  it('are read from the program itself', (test) => {
    test.skip(process.platform !== 'linux', 'ELF is what Linux has')
    expect(elfNeeds(readFileSync(process.execPath))?.libraries).toContain('libc.so.6')
    expect(elfNeeds(readFileSync(process.execPath))?.versions.some((version) => version.startsWith('GLIBC_2.'))).toBe(true)
  })

  it('are empty for a file that is not a program', () => {
    expect(elfNeeds(Buffer.from('#!/bin/sh'))).toBeNull()
    expect(elfNeeds(Buffer.alloc(4096, '\x7fELF'))).toBeNull()
  })
})

describe('the dependencies of a Debian package', () => {
  const depends = (libraries: string[], versions: string[] = [], own: string[] = []): string[] => dependsOf([{ libraries, versions }], own)

  it('are the package of each library, by its newer or its older name', () => {
    expect(depends(['libcups.so.2', 'libX11.so.6'])).toEqual(expect.arrayContaining(['libcups2t64 | libcups2', 'libx11-6']))
  })

  it('include the C library in the newest version that any file needs, compared as numbers and not as text', () => {
    expect(depends(['libc.so.6', 'libm.so.6'], ['GLIBC_2.4', 'GLIBC_2.34', 'GLIBC_2.9'])).toContain('libc6 (>= 2.34)')
  })

  it('include the C++ library of the compiler whose symbols are used', () => {
    expect(depends(['libstdc++.so.6'], ['GLIBCXX_3.4.30'])).toContain('libstdc++6 (>= 12)')
    expect(depends(['libstdc++.so.6'], ['GLIBCXX_3.4.9'])).toContain('libstdc++6 (>= 9)')
  })

  it('exclude libraries that are in the package', () => {
    expect(() => depends(['libffmpeg.so'], [], ['libffmpeg.so'])).not.toThrow()
  })

  it('include libraries that are loaded at run time, and the programs used for typing', () => {
    expect(depends([])).toEqual(expect.arrayContaining(['libsecret-1-0', 'xdotool', 'xdg-utils']))
  })

  it('fail the build if no package is known for a library', () => {
    expect(() => depends(['libnew.so.1'])).toThrow('No Debian package is known that contains libnew.so.1')
  })
})
