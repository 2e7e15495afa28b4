import type { WebContents } from 'electron'
import { ipcMain } from 'electron'
import * as v from 'valibot'
import type { Calls, Events, NameOf, PayloadOf } from '../../preload/bridge.ts'
import type { HandlersOf, Place } from './answer.ts'
import { answer } from './answer.ts'

/** Lets one window make its contract's calls, and no other window. The only place that listens to windows. */
export function serve<C extends Calls>(calls: C, handlers: HandlersOf<C>, place: () => Place): void {
  for (const name of Object.keys(calls) as NameOf<C>[]) {
    ipcMain.handle(`call:${name}`, (event, input: unknown) => answer(calls, handlers, place(), name, event, input))
  }
}

/** How a window is told of its contract's events, each parsed on its way out like every answer. */
export function announcer<E extends Events>(events: E, window: () => WebContents | null) {
  return <N extends NameOf<E>>(name: N, payload: PayloadOf<E, N>): void => {
    const contents = window()
    if (contents === null || contents.isDestroyed()) return
    contents.send(`event:${name}`, v.parse(events[name] as E[N], payload))
  }
}
