import { Refusal } from './vault/refusal.ts'

/**
 * Says that something of ours failed, for whoever started the app from a terminal: what kind of error and where in our code,
 * never its message, which could hold what was being done.
 */
export function reportFault(error: unknown): void {
  const kind = error instanceof Refusal ? error.code : error instanceof Error ? error.name : typeof error
  const places = error instanceof Error ? (error.stack?.match(/[\w-]+\.cjs:\d+:\d+/g) ?? []).slice(0, 5) : []
  process.stderr.write(`latchkey: a fault (${kind}) at ${places.join(', ') || 'an unknown place'}\n`)
}
