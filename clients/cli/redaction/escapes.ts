/**
 * How one family of encoders escapes characters: the bytes that begin an escape, and how to read it. Decoding undoes every encoder of the
 * family, whichever characters it escapes.
 */
export interface Escape {
  /** The bytes that an escape begins with. All other bytes stand for themselves. */
  readonly marks: readonly number[]
  /**
   * @param held begins with a mark
   * @returns the bytes that the first `taken` bytes stand for; null if more bytes are needed to decide. A mark that begins no valid escape
   * stands for itself
   */
  read(held: readonly number[]): Read | null
}

interface Read {
  readonly taken: number
  readonly bytes: readonly number[]
}

/** Percent-encoding in the path or query of a URL: `%2F`. */
export const percent: Escape = { marks: [code('%')], read: readPercent }

/** HTML form data: `%2F`, and `+` for a space. */
export const form: Escape = {
  marks: [code('%'), code('+')],
  read: (held) => (held[0] === code('+') ? { taken: 1, bytes: [code(' ')] } : readPercent(held)),
}

/**
 * String literals of JSON, JavaScript, Python, Go and C, bash's `$'…'`, and the output of `printf %q`: `\n`, `\"`, `\u0026`, `\x1b`,
 * `\302`. In Python's text strings, `\xe9` is the character é.
 */
export const backslash: Escape = { marks: [code('\\')], read: (held) => readBackslash(held, (byte) => utf8(byte)) }

/** The same in Python's bytes, Go, C and bash, where `\xc3\xa9` is the character é. */
export const backslashBytes: Escape = { marks: [code('\\')], read: (held) => readBackslash(held, (byte) => [byte]) }

/** A quote within single quotes: `'\''` as `bash -x` writes it, `'"'"'` as Python's `shlex.quote` does, `'"''"'` for two as dash does. */
export const shellQuote: Escape = { marks: [code("'")], read: readShellQuote }

/** In HTML and XML: `&amp;`, `&#39;`, `&#x27;`. */
export const html: Escape = { marks: [code('&')], read: readHtml }

const named = Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }).map(([name, sign]) => ({
  text: bytesOf(`&${name};`),
  bytes: bytesOf(sign),
}))
const letters: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12, v: 11, a: 7, e: 27, E: 27 }
/** The maximum number of digits in a numeric character reference. No encoder writes more. */
const maxDigits = 8

function readPercent(held: readonly number[]): Read | null {
  return readHex(held, 1, 2, (byte) => [byte])
}

function readBackslash(held: readonly number[], ofByte: (byte: number) => readonly number[]): Read | null {
  const next = held[1]
  if (next === undefined) return null
  const letter = String.fromCharCode(next)
  if (letter === 'x') return readHex(held, 2, 2, ofByte)
  if (letter === 'U') return readHex(held, 2, 8, utf8)
  if (letter === 'u') return held[2] === code('{') ? readBraced(held) : readUnit(held)
  if (/[0-7]/.test(letter)) return readOctal(held)
  return { taken: 2, bytes: [letters[letter] ?? next] }
}

/** `\u20ac`, or a surrogate pair of two such escapes for a character above U+FFFF. */
function readUnit(held: readonly number[]): Read | null {
  const first = readHex(held, 2, 4, (unit) => [unit])
  const high = first?.bytes[0] ?? 0
  if (first === null || first.taken < 6) return first
  if (high < 0xd800 || high > 0xdbff) return { taken: 6, bytes: utf8(high) }
  if (held[6] !== undefined && held[6] !== code('\\')) return { taken: 6, bytes: utf8(high) }
  if (held[7] !== undefined && held[7] !== code('u')) return { taken: 6, bytes: utf8(high) }
  if (held.length < 8) return null
  const second = readHex(held, 8, 4, (unit) => [unit])
  if (second === null) return null
  const low = second.bytes[0] ?? 0
  if (second.taken < 12 || low < 0xdc00 || low > 0xdfff) return { taken: 6, bytes: utf8(high) }
  return { taken: 12, bytes: utf8(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)) }
}

/** `\u{1f600}` */
function readBraced(held: readonly number[]): Read | null {
  const end = held.indexOf(code('}'))
  const digits = textOf(held.slice(3, end < 0 ? held.length : end))
  if (!/^[0-9A-Fa-f]{0,6}$/.test(digits) || (end >= 0 && digits === '')) return itself(held)
  return end < 0 ? null : { taken: end + 1, bytes: utf8(Number.parseInt(digits, 16)) }
}

function readOctal(held: readonly number[]): Read | null {
  const digits = /^[0-7]{1,3}/.exec(textOf(held.slice(1, 4)))?.[0] ?? ''
  if (digits.length < 3 && digits.length === held.length - 1) return null
  return { taken: 1 + digits.length, bytes: [Number.parseInt(digits, 8) & 255] }
}

function readShellQuote(held: readonly number[]): Read | null {
  const text = textOf(held)
  if (text === `'\\''`) return { taken: 4, bytes: [code("'")] }
  const quotes = /^'"('+)"[^]/.exec(text)?.[1]
  // Dash does not reopen the quotes if nothing follows.
  if (quotes !== undefined) return { taken: quotes.length + (text.endsWith("'") ? 4 : 3), bytes: bytesOf(quotes) }
  return /^'(?:\\'?|"'*"?)?$/.test(text) ? null : itself(held)
}

function readHtml(held: readonly number[]): Read | null {
  if (held[1] !== code('#')) return readOneOf(held, named)
  const text = textOf(held)
  const [whole, hex, decimal] = /^&#(?:[xX]([0-9A-Fa-f]{1,8})|(\d{1,8}));/.exec(text) ?? []
  if (whole !== undefined) return { taken: whole.length, bytes: utf8(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) }
  const open = /^&#(?:[xX][0-9A-Fa-f]*|\d*)$/.test(text) && held.length <= 3 + maxDigits
  return open ? null : itself(held)
}

/** Reads a number of hexadecimal digits from an index on. */
function readHex(held: readonly number[], from: number, count: number, bytes: (number: number) => readonly number[]): Read | null {
  const digits = textOf(held.slice(from, from + count))
  if (!/^[0-9A-Fa-f]*$/.test(digits)) return itself(held)
  return digits.length < count ? null : { taken: from + count, bytes: bytes(Number.parseInt(digits, 16)) }
}

function readOneOf(held: readonly number[], all: readonly { text: readonly number[]; bytes: readonly number[] }[]): Read | null {
  const open = all.filter(({ text }) => held.slice(0, text.length).every((byte, index) => byte === text[index]))
  const whole = open.find(({ text }) => text.length <= held.length)
  if (whole !== undefined) return { taken: whole.text.length, bytes: whole.bytes }
  return open.length > 0 ? null : itself(held)
}

function itself(held: readonly number[]): Read {
  return { taken: 1, bytes: held.slice(0, 1) }
}

/** A lone surrogate is encoded as it is in the value's own bytes. */
function utf8(point: number): readonly number[] {
  if (point < 128) return [point]
  return [...Buffer.from(point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point), 'utf8')]
}

function textOf(bytes: readonly number[]): string {
  return String.fromCharCode(...bytes)
}

function bytesOf(text: string): number[] {
  return [...Buffer.from(text, 'latin1')]
}

function code(sign: string): number {
  return sign.charCodeAt(0)
}
