import type { IpcMainInvokeEvent, WebContents } from 'electron'
import * as v from 'valibot'
import type { AnswerOf, Calls, InputOf, NameOf, OutputOf } from '../../preload/bridge.ts'
import { reportCallError } from '../error-reporter.ts'
import { codeOf, Refusal } from '../vault/refusal.ts'

/** One handler for each call: if one is missing, it does not compile. */
export type HandlersOf<C extends Calls> = {
  readonly [N in NameOf<C>]: (input: InputOf<C, N>) => OutputOf<C, N> | Promise<OutputOf<C, N>>
}

/** The part of an incoming message that identifies its sender. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>

/** The one window that a contract is for, and the one page it shows. */
export interface TrustedPage {
  /** Null while there is no such window. */
  readonly contents: WebContents | null
  /** Its full URL. */
  readonly page: string
}

/** Sender checked → input parsed → handler → output parsed. On any error the window gets a code and no text. */
export async function answer<C extends Calls, N extends NameOf<C>>(
  calls: C,
  handlers: HandlersOf<C>,
  place: TrustedPage,
  name: N,
  sender: Sender,
  input: unknown,
): Promise<AnswerOf<C, N>> {
  if (!isFrom(place, sender)) return { ok: false, code: 'input-invalid' }
  const schemas = calls[name] as C[N]
  const parsed = v.safeParse(schemas.input, input)
  if (!parsed.success) return { ok: false, code: 'input-invalid' }
  try {
    const output = await handlers[name](parsed.output as InputOf<C, N>)
    // TypeScript allows surplus fields in the result of an async function. This parse refuses them.
    return { ok: true, value: v.parse(schemas.output, output) as OutputOf<C, N> }
  } catch (error) {
    const code = codeOf(error)
    return error instanceof Refusal ? { ok: false, code } : { ok: false, code, fault: reportCallError(error, name) }
  }
}

/** Accepts messages only from the top frame of the contract's own window, and only while that window shows its own page. */
function isFrom({ contents, page }: TrustedPage, { sender, senderFrame }: Sender): boolean {
  if (contents === null || sender !== contents || senderFrame === null || senderFrame.parent !== null) return false
  return senderFrame.url === page
}
