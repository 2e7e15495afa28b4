import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import * as v from 'valibot'
import type { Answer, CallName, EventName, EventPayload, Input, Output, RefusalCode } from '../../preload/contract.ts'
import { calls, events } from '../../preload/contract.ts'
import { codeOf } from '../vault/refusal.ts'

/** One handler a call: a missing one does not compile. */
export type Handlers = { readonly [N in CallName]: (input: Input<N>) => Output<N> | Promise<Output<N>> }

/** What of an incoming message tells who sent it. */
export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>

/** Lets the window make the contract's calls, and nothing else. The only place that listens to windows. */
export function serve(handlers: Handlers, window: () => WebContents | null): void {
  for (const name of Object.keys(calls) as CallName[]) {
    ipcMain.handle(`call:${name}`, (event, input: unknown) => answer(handlers, window(), name, event, input))
  }
}

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

export function announce<N extends EventName>(window: WebContents | null, name: N, payload: EventPayload<N>): void {
  if (window === null || window.isDestroyed()) return
  window.send(`event:${name}`, v.parse(events[name], payload))
}

/** A message counts only from the top frame of our own window, and only while that shows our own page. */
function isOurWindow({ sender, senderFrame }: Sender, window: WebContents | null): boolean {
  if (window === null || sender !== window || senderFrame === null) return false
  const { protocol, host } = new URL(senderFrame.url) // `origin` is "null" for a scheme of our own
  return senderFrame.parent === null && protocol === 'app:' && host === 'bundle'
}
