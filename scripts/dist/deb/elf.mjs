/**
 * What a Linux program or library requires of the system: https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html
 * @typedef {{ libraries: string[], versions: string[] }} Needs `libraries` by soname; `versions` as `GLIBC_2.34`
 */

const magic = Buffer.from('\x7fELF', 'latin1')
const dynamicSegment = 2 // PT_DYNAMIC
const loadSegment = 1 // PT_LOAD
const tag = { needed: 1, strings: 5 } // DT_NEEDED, DT_STRTAB

/**
 * @param {Buffer} file
 * @returns {Needs | null} null if it is not a 64-bit little-endian ELF file
 */
export function elfNeeds(file) {
  if (file.length < 64 || !file.subarray(0, 4).equals(magic) || file[4] !== 2 || file[5] !== 1) return null
  const segments = segmentsOf(file)
  const dynamic = segments.find(({ type }) => type === dynamicSegment)
  if (dynamic === undefined) return { libraries: [], versions: [] }
  const entries = []
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    entries.push({ tag: Number(file.readBigUInt64LE(at)), value: Number(file.readBigUInt64LE(at + 8)) })
  }
  const address = entries.find((entry) => entry.tag === tag.strings)?.value ?? 0
  const home = segments.find(({ type, virtual, size }) => type === loadSegment && address >= virtual && address < virtual + size)
  if (home === undefined) return { libraries: [], versions: [] }
  const strings = home.offset + address - home.virtual
  const libraries = entries.filter((entry) => entry.tag === tag.needed).map(({ value }) => textAt(file, strings + value))
  const versions = [...new Set(file.toString('latin1').match(/\bGLIBC(?:XX)?_\d+\.\d+(?:\.\d+)?\b/g) ?? [])]
  return { libraries, versions }
}

/** @param {Buffer} file */
function segmentsOf(file) {
  const table = Number(file.readBigUInt64LE(32))
  const size = file.readUInt16LE(54)
  return Array.from({ length: file.readUInt16LE(56) }, (_, n) => {
    const at = table + n * size
    const number = (/** @type {number} */ offset) => Number(file.readBigUInt64LE(at + offset))
    return { type: file.readUInt32LE(at), offset: number(8), virtual: number(16), size: number(32) }
  })
}

/**
 * @param {Buffer} file
 * @param {number} at
 */
function textAt(file, at) {
  return file.toString('latin1', at, file.indexOf(0, at))
}
