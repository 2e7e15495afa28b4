import { createHash } from 'node:crypto'
import { Refusal } from './vault/refusal.ts'

/**
 * Says that something of ours failed, for whoever started the app from a terminal: what kind of error, where in our code, and a code by
 * which a person can quote it, the same each time it fails there. Never its message, which could hold what was being done.
 */
export function reportError(error: unknown): void {
  report(error, '')
}

/**
 * The same for a window's call, whose name tells what a person was doing.
 * @returns the code to quote
 */
export function reportCallError(error: unknown, call: string): string {
  return report(error, ` in ${call}`)
}

function report(error: unknown, during: string): string {
  const kind = error instanceof Refusal ? error.code : error instanceof Error ? error.name : typeof error
  const places = error instanceof Error ? (error.stack?.match(/[\w-]+\.cjs:\d+:\d+/g) ?? []).slice(0, 5) : []
  const where = places.join(', ') || 'an unknown place'
  const code = createHash('sha256').update(`${kind}${during} ${where}`).digest('hex').slice(0, 6)
  process.stderr.write(`latchkey: a fault (${kind})${during} at ${where}, code ${code}\n`)
  return code
}
