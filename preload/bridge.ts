/** The types of the bridge between any window and main. Each contract defines the calls and events of one window. */
import type * as v from 'valibot'
import type { RefusalCode } from '../shared/lists/refusal-codes.ts'

/** The calls that a window may make; names are `noun.verb`. */
export type Calls = Readonly<Record<string, { readonly input: v.GenericSchema; readonly output: v.GenericSchema }>>
/** The events that a window may subscribe to. */
export type Events = Readonly<Record<string, v.GenericSchema>>

export type NameOf<Of extends Calls | Events> = keyof Of & string
export type InputOf<C extends Calls, N extends NameOf<C>> = v.InferOutput<C[N]['input']>
export type PayloadOf<E extends Events, N extends NameOf<E>> = v.InferOutput<E[N]>
export type OutputOf<C extends Calls, N extends NameOf<C>> = v.InferOutput<C[N]['output']>

/**
 * A call that was refused. Only an unexpected error has a `fault`: six hexadecimal digits by which main's log lists it, for a person to
 * quote. The digits are computed from the error's kind and place, never from its text.
 */
export interface Refused {
  readonly ok: false
  readonly code: RefusalCode
  readonly fault?: string
}

/** What a call resolves to. A call never rejects, because Electron would pass on an error as its text, which may contain anything. */
export type AnswerOf<C extends Calls, N extends NameOf<C>> = { ok: true; value: OutputOf<C, N> } | Refused

/** What a preload exposes to its page: one function for each call and each event, and no channel names. */
export interface BridgeOf<C extends Calls, E extends Events> {
  readonly calls: { readonly [N in NameOf<C>]: (input: InputOf<C, N>) => Promise<AnswerOf<C, N>> }
  readonly events: { readonly [N in NameOf<E>]: (listener: (payload: PayloadOf<E, N>) => void) => () => void }
}
