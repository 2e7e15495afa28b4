/**
 * Prepares text from outside for display: truncated, with a replacement character for invisible characters, terminal control characters and
 * bidirectional overrides. Truncate first: it can leave a lone surrogate, which the replacement then catches.
 * @param maxLength in UTF-16 units
 */
export function readable(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd')
}
