import * as v from 'valibot'
import { describe, expect, it, vi } from 'vitest'
import type { HandlersOf } from '../../../main/ipc/answer.ts'
import { serve } from '../../../main/ipc/serve.ts'

type Listener = (event: object, input: unknown) => Promise<unknown>

const registered = vi.hoisted(() => new Map<string, unknown>())
vi.mock('electron', () => ({ ipcMain: { handle: (channel: string, listener: unknown) => registered.set(channel, listener) } }))

const calls = { 'keys.count': { input: v.null(), output: v.number() } }
const page = 'app://bundle/index.html'
const contents = {}
const event = { sender: contents, senderFrame: { url: page, parent: null } }

describe('a contract that is served to a window', () => {
  // The window's page runs before the code that answers it is loaded. Electron rejects a call without a listener with a text.
  it('answers a call that came before its handlers were there', async () => {
    let load = (_handlers: HandlersOf<typeof calls>): void => {}
    const handlers = new Promise<HandlersOf<typeof calls>>((resolve) => (load = resolve))
    serve(calls, handlers, () => ({ contents: contents as never, page }))
    const call = registered.get('call:keys.count') as Listener
    const answer = call(event, null)
    load({ 'keys.count': () => 20 })
    expect(await answer).toEqual({ ok: true, value: 20 })
  })
})
