/**
 * Windows' icon format with one picture in several sizes: a header, a directory, and the PNG files unchanged.
 * @param {{ size: number, png: Buffer }[]} pictures sizes in pixels, 256 at most
 * @returns {Buffer}
 */
export function ico(pictures) {
  const header = Buffer.alloc(6)
  header.writeUInt16LE(1, 2) // icons, not cursors
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length + 16 * pictures.length
  const directory = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16)
    entry.writeUInt8(size % 256, 0) // 0 means 256
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4) // colour planes
    entry.writeUInt16LE(32, 6) // bits per pixel
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...directory, ...pictures.map(({ png }) => png)])
}

/** macOS's names for the sizes: normal, then those for displays of twice the density. */
const appleTypes = /** @type {const} */ ([
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
  ['ic10', 1024],
])

/**
 * macOS's icon format: each PNG preceded by its type and length.
 * @param {ReadonlyMap<number, Buffer>} pictures by size in pixels
 * @returns {Buffer}
 */
export function icns(pictures) {
  const entries = appleTypes.flatMap(([type, size]) => {
    const png = pictures.get(size)
    return png === undefined ? [] : [block(type, png)]
  })
  return block('icns', Buffer.concat(entries))
}

/**
 * @param {string} type four letters
 * @param {Buffer} body
 */
function block(type, body) {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(head.length + body.length, 4)
  return Buffer.concat([head, body])
}
