import type { Refused as RefusedAnswer } from '../preload/bridge.ts'
import type { Bridge, CallName, EventName, EventPayload, Input, Output, RefusalCode } from '../preload/contract.ts'
import { latestFault } from './latestFault.svelte.ts'

declare global {
  interface Window {
    readonly latchkey: Bridge
  }
}

/** A call that main refused. It carries the refusal code only; `i18n/` has the sentence. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(readonly code: RefusalCode) {
    super(code)
  }
}

/** Sends a call to main and resolves to the answer's value. @throws Refused, and no other error */
export function ask<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> {
  return valueOf(() => window.latchkey.calls[name](input))
}

/** Unwraps the answer of a call on any window's bridge. @throws Refused, and no other error */
export async function valueOf<T>(call: () => Promise<{ ok: true; value: T } | RefusedAnswer>): Promise<T> {
  let answer
  try {
    answer = await call()
  } catch {
    // By contract the bridge never rejects. If it does, its message was not written for users and is not passed on.
    latestFault.note(null)
    throw new Refused('internal')
  }
  if (answer.ok) return answer.value
  if (answer.code === 'internal') latestFault.note(answer.fault ?? null)
  throw new Refused(answer.code)
}

/** Subscribes to an event of main. Call the returned function to unsubscribe. */
export function subscribe<N extends EventName>(event: N, listener: (payload: EventPayload<N>) => void): () => void {
  return window.latchkey.events[event](listener)
}

/** The code of an error caught around `ask`. An error of the window itself counts as `internal`; main's log does not have it. */
export function codeOf(error: unknown): RefusalCode {
  if (error instanceof Refused) return error.code
  latestFault.note(null)
  return 'internal'
}
