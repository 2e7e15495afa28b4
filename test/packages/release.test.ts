import { describe, expect, it } from 'vitest'
import { checkRelease } from '../../scripts/dist/release.mjs'
import { packageVersion } from '../../scripts/dist/unpacked.mjs'

const made = { kind: 'official', electron: '45.4.1', wanted: '45.4.1', today: new Date('2026-11-26') } as const

describe('a release', () => {
  it('is made of the official Electron that package.json names, while it gets corrections', () => {
    expect(() => checkRelease(made)).not.toThrow()
  })

  it('is not made of the Electron from the npm registry', () => {
    expect(() => checkRelease({ ...made, kind: 'development', electron: '25.1.1' })).toThrow('Electron 25.1.1 from the npm registry is for development only')
  })

  it('is not made of an Electron that somebody put in its place', () => {
    expect(() => checkRelease({ ...made, kind: 'given', electron: '44.0.0' })).toThrow('This is Electron 44.0.0, and package.json names 45.4.1.')
  })

  it('is not made of an Electron that gets no corrections any more', () => {
    expect(() => checkRelease({ ...made, today: new Date('2028-01-01') })).toThrow('no release may be made of it')
  })

  it('alone bears the plain version', () => {
    expect([packageVersion('1.2.3', true), packageVersion('1.2.3', false)]).toEqual(['1.2.3', '1.2.3-dev'])
  })
})
