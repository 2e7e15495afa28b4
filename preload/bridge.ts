/** What a window's border is made of, whichever window it is. Types alone: every contract says the rest. */
import type * as v from 'valibot'
import type { RefusalCode } from '../shared/lists/refusal-codes.ts'

/** The calls that a window may make; names are `noun.verb`. */
export type Calls = Readonly<Record<string, { readonly input: v.GenericSchema; readonly output: v.GenericSchema }>>
/** The events that a window may hear. */
export type Events = Readonly<Record<string, v.GenericSchema>>

export type NameOf<Of extends Calls | Events> = keyof Of & string
export type InputOf<C extends Calls, N extends NameOf<C>> = v.InferOutput<C[N]['input']>
export type PayloadOf<E extends Events, N extends NameOf<E>> = v.InferOutput<E[N]>
export type OutputOf<C extends Calls, N extends NameOf<C>> = v.InferOutput<C[N]['output']>

/**
 * A call that was refused. `fault` is there if nobody expected the error: the code under which main's log has it, six hexadecimal digits,
 * for a person to quote. It is made of the error's kind and place, never of its text.
 */
export interface Refused {
  readonly ok: false
  readonly code: RefusalCode
  readonly fault?: string
}

/** What a call resolves to. Never a rejection: Electron would flatten the error, and its text is not ours. */
export type AnswerOf<C extends Calls, N extends NameOf<C>> = { ok: true; value: OutputOf<C, N> } | Refused

/** What a preload gives its page: one function a call and one an event, no channel names. */
export interface BridgeOf<C extends Calls, E extends Events> {
  readonly calls: { readonly [N in NameOf<C>]: (input: InputOf<C, N>) => Promise<AnswerOf<C, N>> }
  readonly events: { readonly [N in NameOf<E>]: (heard: (payload: PayloadOf<E, N>) => void) => () => void }
}
