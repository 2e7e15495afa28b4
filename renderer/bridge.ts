import type { Refused as RefusedAnswer } from '../preload/bridge.ts'
import type { Bridge, CallName, EventName, EventPayload, Input, Output, RefusalCode } from '../preload/contract.ts'
import { latestFault } from './latestFault.svelte.ts'

declare global {
  interface Window {
    readonly latchkey: Bridge
  }
}

/** A call that main refused. It carries the code and nothing else: `words.ts` has the sentence. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(readonly code: RefusalCode) {
    super(code)
  }
}

/** Asks main; resolves to the answer's value. Throws `Refused`, and nothing else. */
export function ask<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> {
  return valueOf(() => window.latchkey.calls[name](input))
}

/** What a call of any of our windows' bridges is answered with. Throws `Refused`, and nothing else. */
export async function valueOf<T>(call: () => Promise<{ ok: true; value: T } | RefusedAnswer>): Promise<T> {
  let answer
  try {
    answer = await call()
  } catch {
    // The bridge never rejects by contract. If it does, its text was not written for people: it is not passed on.
    latestFault.note(null)
    throw new Refused('internal')
  }
  if (answer.ok) return answer.value
  if (answer.code === 'internal') latestFault.note(answer.fault ?? null)
  throw new Refused(answer.code)
}

/** Hears an event of main until the returned function is called. */
export function hear<N extends EventName>(event: N, heard: (payload: EventPayload<N>) => void): () => void {
  return window.latchkey.events[event](heard)
}

/** The code of anything caught around `ask`; a fault of the window's own counts as `internal`, and main's log has nothing of it. */
export function codeOf(error: unknown): RefusalCode {
  if (error instanceof Refused) return error.code
  latestFault.note(null)
  return 'internal'
}
