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

/** Sends a call to main and resolves to the answer's value. @throws Refused, and no other error */
export function ask<N extends NameOf<Calls>>(name: N, input: InputOf<Calls, N>): Promise<OutputOf<Calls, N>> {
  return valueOf(() => window.latchkeyPrompt.calls[name](input))
}

/** Subscribes to an event of main. Call the returned function to unsubscribe. */
export function subscribe<N extends NameOf<Events>>(event: N, listener: (payload: PayloadOf<Events, N>) => void): () => void {
  return window.latchkeyPrompt.events[event](listener)
}
