import type { WebContents } from 'electron'
import { ipcMain } from 'electron'
import * as v from 'valibot'
import type { CallName, EventName, EventPayload } from '../../preload/contract.ts'
import { calls, events } from '../../preload/contract.ts'
import type { Handlers } from './answer.ts'
import { answer } from './answer.ts'

/** Lets the window make the contract's calls, and nothing else. The only place that listens to windows. */
export function serve(handlers: Handlers, window: () => WebContents | null): void {
  for (const name of Object.keys(calls) as CallName[]) {
    ipcMain.handle(`call:${name}`, (event, input: unknown) => answer(handlers, window(), name, event, input))
  }
}

/** Tells the window of an event, parsed on its way out like every answer. */
export function announce<N extends EventName>(window: WebContents | null, name: N, payload: EventPayload<N>): void {
  if (window === null || window.isDestroyed()) return
  window.send(`event:${name}`, v.parse(events[name], payload))
}
