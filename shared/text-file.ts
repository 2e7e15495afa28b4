/**
 * The text of a file that a person chose: UTF-8, or UTF-16 as PowerShell and Notepad write it, without its byte order mark. UTF-16 without a
 * mark is known by a first character that is one byte and a zero.
 * @returns null for what is no text
 */
export function textFrom(bytes: Uint8Array): string | null {
  const [first = 1, second = 1] = bytes
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0)
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0)
  try {
    // The decoder for the other byte order is not in every build of Node.
    if (isBig) return decode('utf-16le', swapBytes(bytes))
    return decode(isLittle ? 'utf-16le' : 'utf-8', bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Lines end in LF, in CR and LF, or in CR alone. */
export function linesOf(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** @throws TypeError for bytes that are not of that encoding */
function decode(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes)
}

function swapBytes(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += 1) copy[at] = bytes[at % 2 === 0 ? at + 1 : at - 1] ?? 0
  return bytes.length % 2 === 0 ? copy : bytes
}
