/** A secret as it is, in hexadecimal, and in base64: of the latter the middle, which is the same at each alignment. */
export function formsOf(value: string): string[] {
  const shifted = [0, 1, 2].map((offset) =>
    Buffer.from('_'.repeat(offset) + value)
      .toString('base64')
      .slice(4, -6),
  )
  return [value, Buffer.from(value).toString('hex'), ...shifted]
}
