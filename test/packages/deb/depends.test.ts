import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dependsOf } from '../../../scripts/dist/deb/depends.mjs'
import { elfNeeds } from '../../../scripts/dist/deb/elf.mjs'

describe('the libraries that a program needs', () => {
  it('is read from the program itself', (test) => {
    test.skip(process.platform !== 'linux', 'ELF is what Linux has')
    expect(elfNeeds(readFileSync(process.execPath))?.libraries).toContain('libc.so.6')
    expect(elfNeeds(readFileSync(process.execPath))?.versions.some((version) => version.startsWith('GLIBC_2.'))).toBe(true)
  })

  it('is nothing for what is no program', () => {
    expect(elfNeeds(Buffer.from('#!/bin/sh'))).toBeNull()
    expect(elfNeeds(Buffer.alloc(4096, '\x7fELF'))).toBeNull()
  })
})

describe('what a Debian package depends on', () => {
  const depends = (libraries: string[], versions: string[] = [], own: string[] = []): string[] => dependsOf([{ libraries, versions }], own)

  it('is the package of each library, by its newer name or the older one', () => {
    expect(depends(['libcups.so.2', 'libX11.so.6'])).toEqual(expect.arrayContaining(['libcups2t64 | libcups2', 'libx11-6']))
  })

  it('is the C library of the newest version that any file asks for, as a number and not as text', () => {
    expect(depends(['libc.so.6', 'libm.so.6'], ['GLIBC_2.4', 'GLIBC_2.34', 'GLIBC_2.9'])).toContain('libc6 (>= 2.34)')
  })

  it('is the C++ library of the compiler whose symbols are asked for', () => {
    expect(depends(['libstdc++.so.6'], ['GLIBCXX_3.4.30'])).toContain('libstdc++6 (>= 12)')
    expect(depends(['libstdc++.so.6'], ['GLIBCXX_3.4.9'])).toContain('libstdc++6 (>= 9)')
  })

  it('is not what is in the package', () => {
    expect(() => depends(['libffmpeg.so'], [], ['libffmpeg.so'])).not.toThrow()
  })

  it('is also what is opened while the app runs, and what it types with', () => {
    expect(depends([])).toEqual(expect.arrayContaining(['libsecret-1-0', 'xdotool', 'xdg-utils']))
  })

  it('fails the package where nobody knows what brings a library', () => {
    expect(() => depends(['libnew.so.1'])).toThrow('Nobody has said yet which Debian package brings libnew.so.1')
  })
})
