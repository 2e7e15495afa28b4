/**
 * Decodes a file that a person chose: UTF-8, or UTF-16 as PowerShell and Notepad write it, without its byte order mark. UTF-16 without a
 * mark is detected by a first character of one byte and a zero.
 * @returns null if it is not text
 */
export function textFrom(bytes: Uint8Array): string | null {
  const [first = 1, second = 1] = bytes
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0)
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0)
  try {
    // Not every build of Node has the decoder for big-endian UTF-16.
    if (isBig) return decode('utf-16le', swapBytes(bytes))
    return decode(isLittle ? 'utf-16le' : 'utf-8', bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Converts line ends (CR LF, or CR alone) to LF. */
export function linesOf(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** @throws TypeError for bytes that are invalid in that encoding */
function decode(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes)
}

function swapBytes(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += 1) copy[at] = bytes[at % 2 === 0 ? at + 1 : at - 1] ?? 0
  return bytes.length % 2 === 0 ? copy : bytes
}
