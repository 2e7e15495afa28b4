import type { BridgeOf, InputOf, NameOf, OutputOf, PayloadOf } from '../../../preload/bridge.ts'
import type { promptCalls, promptEvents } from '../../../preload/prompt-contract.ts'
import { valueOf } from '../../bridge.ts'

type Calls = typeof promptCalls
type Events = typeof promptEvents

declare global {
  interface Window {
    readonly latchkeyPrompt: BridgeOf<Calls, Events>
  }
}

/** Asks main; resolves to the answer's value. Throws `Refused`, and nothing else. */
export function ask<N extends NameOf<Calls>>(name: N, input: InputOf<Calls, N>): Promise<OutputOf<Calls, N>> {
  return valueOf(() => window.latchkeyPrompt.calls[name](input))
}

/** Hears an event of main until the returned function is called. */
export function hear<N extends NameOf<Events>>(event: N, heard: (payload: PayloadOf<Events, N>) => void): () => void {
  return window.latchkeyPrompt.events[event](heard)
}
