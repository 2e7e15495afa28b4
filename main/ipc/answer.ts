import type { IpcMainInvokeEvent, WebContents } from 'electron'
import * as v from 'valibot'
import type { Answer, CallName, Input, Output, RefusalCode } from '../../preload/contract.ts'
import { calls } from '../../preload/contract.ts'
import { codeOf } from '../vault/refusal.ts'

/** One handler a call: a missing one does not compile. */
export type Handlers = { readonly [N in CallName]: (input: Input<N>) => Output<N> | Promise<Output<N>> }

/** What of an incoming message tells who sent it. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>

/** Sender checked → input parsed → handler → output parsed. Whatever goes wrong, the window gets a code and no text. */
export async function answer<N extends CallName>(
  handlers: Handlers,
  window: WebContents | null,
  name: N,
  sender: Sender,
  input: unknown,
): Promise<Answer<N>> {
  if (!isOurWindow(sender, window)) return { ok: false, code: 'input-invalid' }
  const parsed = v.safeParse(calls[name].input, input)
  if (!parsed.success) return { ok: false, code: 'input-invalid' }
  try {
    const output = await handlers[name](parsed.output as Input<N>)
    // The types did not keep surplus fields out of an async answer; this does.
    return { ok: true, value: v.parse(calls[name].output, output) as Output<N> }
  } catch (error) {
    const code: RefusalCode = codeOf(error)
    return { ok: false, code }
  }
}

/** A message counts only from the top frame of our own window, and only while that shows our own page. */
function isOurWindow({ sender, senderFrame }: Sender, window: WebContents | null): boolean {
  if (window === null || sender !== window || senderFrame === null || senderFrame.parent !== null) return false
  return /^app:\/\/bundle\//.test(senderFrame.url)
}
