import { createHash } from 'node:crypto'

/** Stands for a value wherever the value itself is not needed; the server stores the same digest. */
export function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}
