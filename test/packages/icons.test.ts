import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourceHash } from '../../scripts/app/build.mjs'
import { icns, ico } from '../../scripts/dist/icons/icon-files.mjs'
import { checkout } from '../../scripts/set-up/checkout.mjs'
import { readRecord } from '../../scripts/set-up/record.mjs'

const folder = join(checkout, 'packaging', 'icons')

/** A PNG has its width and height after the name of its first chunk. */
function sizeOf(png: Buffer): string {
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`
}

describe('icons', () => {
  it('match the drawings in the checkout', () => {
    expect(readRecord(join(folder, 'drawn.json'))['drawings']).toBe(sourceHash(checkout, ['packaging/drawing']))
  })

  it.each([16, 24, 32, 48, 64, 96, 128, 256, 512, 1024])('exist in %i pixels', (size) => {
    expect(sizeOf(readFileSync(join(folder, `${size}x${size}.png`)))).toBe(`${size}x${size}`)
  })

  it.each([16, 32, 48, 128])('are the same for the extension in %i pixels', (size) => {
    const ofExtension = readFileSync(join(checkout, 'clients', 'extension', 'icons', `${size}.png`))
    expect(ofExtension.equals(readFileSync(join(folder, `${size}x${size}.png`)))).toBe(true)
  })

  it.each([
    ['tray', 24],
    ['tray-locked', 24],
    ['trayTemplate', 18],
    ['tray-lockedTemplate', 18],
  ])('include %s for the tray, also in double size', (name, dots) => {
    const at = (suffix: string): string => sizeOf(readFileSync(join(checkout, 'packaging', 'tray', `${name}${suffix}.png`)))
    expect([at(''), at('@2x')]).toEqual([`${dots}x${dots}`, `${2 * dots}x${2 * dots}`])
  })
})

describe('icon containers', () => {
  const png = (text: string): Buffer => Buffer.from(text)

  it('for Windows point at each picture', () => {
    const file = ico([
      { size: 16, png: png('small') },
      { size: 256, png: png('the large one') },
    ])
    const entry = (n: number): string => {
      const at = 6 + 16 * n
      const offset = file.readUInt32LE(at + 12)
      return `${file.readUInt8(at)}: ${file.subarray(offset, offset + file.readUInt32LE(at + 8)).toString()}`
    }
    expect([entry(0), entry(1)]).toEqual(['16: small', '0: the large one']) // 0 means 256
  })

  it('for macOS have a correct length, and leave out sizes that were not drawn', () => {
    const file = icns(new Map([[128, png('picture')]]))
    expect(file.readUInt32BE(4)).toBe(file.length)
    expect(file.toString('latin1')).toMatch(/^icns....ic07....picture$/s)
  })
})
