/** As it is, and as it would be in hexadecimal or base64: of that the middle, which is the same wherever the text starts. */
export function formsOf(value: string): string[] {
  const shifted = [0, 1, 2].map((offset) =>
    Buffer.from('_'.repeat(offset) + value)
      .toString('base64')
      .slice(4, -6),
  )
  return [value, Buffer.from(value).toString('hex'), ...shifted]
}
