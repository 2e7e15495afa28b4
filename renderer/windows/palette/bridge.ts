import type { BridgeOf, InputOf, NameOf, OutputOf, PayloadOf } from '../../../preload/bridge.ts'
import type { paletteCalls, paletteEvents } from '../../../preload/palette-contract.ts'
import { valueOf } from '../../bridge.ts'

type Calls = typeof paletteCalls
type Events = typeof paletteEvents

declare global {
  interface Window {
    readonly latchkeyPalette: BridgeOf<Calls, Events>
  }
}

/** Sends a call to main and resolves to the answer's value. @throws Refused, and no other error */
export function ask<N extends NameOf<Calls>>(name: N, input: InputOf<Calls, N>): Promise<OutputOf<Calls, N>> {
  return valueOf(() => window.latchkeyPalette.calls[name](input))
}

/** Subscribes to an event of main. Call the returned function to unsubscribe. */
export function subscribe<N extends NameOf<Events>>(event: N, listener: (payload: PayloadOf<Events, N>) => void): () => void {
  return window.latchkeyPalette.events[event](listener)
}
