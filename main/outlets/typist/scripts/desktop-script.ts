import { Refusal, type RefusalCode } from '../../../vault/refusal.ts'
import { isBrowser } from '../browsers.ts'
import type { StartProgram } from '../program.ts'
import type { Target } from '../typist.ts'

/** A script for the system's own scripting program. It reads its input as lines from stdin, and answers with one line of JSON. */
export interface DesktopScript {
  readonly command: string
  readonly args: readonly string[]
}

/** The reasons by which a script refuses. */
const refusals: Readonly<Record<string, RefusalCode>> = {
  changed: 'target-changed',
  held: 'keys-held',
  'not-allowed': 'typing-unavailable',
}

/**
 * @param lock kills the script when it is aborted
 * @returns the answer
 * @throws Refusal the one that the script names; `typing-unavailable` if it fails, or its answer makes no sense; `locked`
 */
export async function runScript(
  start: StartProgram,
  { command, args }: DesktopScript,
  lines: readonly string[],
  lock?: AbortSignal,
): Promise<Record<string, unknown>> {
  const isLocked = (): boolean => lock?.aborted === true
  if (isLocked()) throw new Refusal('locked')
  const script = start(command, args)
  lock?.addEventListener('abort', script.end)
  const { status, stdout } = await script.finish(lines.map((line) => `${line}\n`).join(''))
  if (isLocked()) throw new Refusal('locked')
  const answer = status === 0 ? parsed(stdout) : null
  if (answer === null) throw new Refusal('typing-unavailable')
  const { refused } = answer
  if (typeof refused === 'string') throw new Refusal(refusals[refused] ?? 'typing-unavailable')
  return answer
}

/** @returns null if the answer names no window, or one of our own */
export function targetOf({ id, program, title, pid }: Record<string, unknown>): Target | null {
  if (typeof id !== 'string' || id === '' || typeof pid !== 'number' || pid === process.pid) return null
  const path = typeof program === 'string' && program !== '' ? program : null
  return { id, program: path, title: typeof title === 'string' ? title : '', pid, browser: path === null || isBrowser([path]) }
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    const answer: unknown = JSON.parse(line)
    return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : null
  } catch {
    return null
  }
}
