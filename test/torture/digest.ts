import { createHash } from 'node:crypto'

/** What stands for a value wherever none is needed, and what the server keeps of it. */
export function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}
