import { createHash } from 'node:crypto'
import { Refusal } from './vault/refusal.ts'

/**
 * Writes an unexpected error to stderr: its kind, where in our code it happened, and a short code that a person can quote, which is the
 * same each time for the same place. Never its message, which could contain names or values.
 */
export function reportError(error: unknown): void {
  report(error, '')
}

/**
 * As `reportError`, for a window's call, whose name is part of the line and of the code.
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
