import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { capture } from '../../process/child.mjs'
import { Failure } from '../../process/failure.mjs'
import { script } from '../../process/script.mjs'
import { checkout } from '../../set-up/checkout.mjs'
import { sourceHash } from '../../app/build.mjs'
import { writeRecord } from '../../set-up/record.mjs'
import { icns, ico } from './icon-files.mjs'

const help = `node scripts/dist/icons/draw-icons.mjs

Draws every icon of the app, its tray and the extension anew from packaging/drawing. To be run when a drawing has changed; needs
rsvg-convert (Debian: librsvg2-bin).`

const appSizes = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024]
const drawings = 'packaging/drawing'

await script(help, async () => {
  /** @type {Map<number, Buffer>} */
  const app = new Map()
  for (const size of appSizes) app.set(size, await draw(forSize(size), size, `packaging/icons/${size}x${size}.png`))
  write('packaging/icon.ico', ico([16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, png: of(app, size) }))))
  write('packaging/icon.icns', icns(app))
  for (const size of [16, 32, 48, 128]) await draw(forSize(size), size, `clients/extension/icons/${size}.png`)
  for (const [name, drawing, dots] of /** @type {const} */ ([
    ['tray', 'icon-small', 24],
    ['tray-locked', 'tray-locked', 24],
    ['trayTemplate', 'tray-template', 18],
    ['tray-lockedTemplate', 'tray-template-locked', 18],
  ])) {
    await draw(drawing, dots, `packaging/tray/${name}.png`)
    await draw(drawing, 2 * dots, `packaging/tray/${name}@2x.png`)
  }
  writeRecord(join(checkout, 'packaging', 'icons', 'drawn.json'), { drawings: sourceHash(checkout, [drawings]) })
  return 0
})

/** @param {number} size of the square, in pixels */
function forSize(size) {
  return size <= 32 ? 'icon-small' : 'icon'
}

/**
 * @param {string} drawing
 * @param {number} size
 * @param {string} path of the picture, in the checkout
 * @returns {Promise<Buffer>} a PNG
 */
async function draw(drawing, size, path) {
  const target = join(checkout, path)
  mkdirSync(dirname(target), { recursive: true })
  const source = join(checkout, drawings, `${drawing}.svg`)
  const { status, stderr } = await capture('rsvg-convert', ['--width', `${size}`, '--height', `${size}`, '--output', target, source])
  if (status !== 0) throw new Failure(`${source} could not be drawn: ${stderr.trim()}`, 'Debian has rsvg-convert in librsvg2-bin.')
  return readFileSync(target)
}

/**
 * @param {Map<number, Buffer>} drawn
 * @param {number} size
 */
function of(drawn, size) {
  const png = drawn.get(size)
  if (png === undefined) throw new Failure(`The icon of ${size} dots was not drawn.`)
  return png
}

/**
 * @param {string} path
 * @param {Buffer} bytes
 */
function write(path, bytes) {
  writeFileSync(join(checkout, path), bytes)
}
