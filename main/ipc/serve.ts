import type { WebContents } from 'electron'
import { ipcMain } from 'electron'
import * as v from 'valibot'
import type { Calls, Events, NameOf, PayloadOf } from '../../preload/bridge.ts'
import type { HandlersOf, TrustedPage } from './answer.ts'
import { answer } from './answer.ts'

/** Registers a contract's calls for its own window and no other. The only place that listens to windows. */
export function serve<C extends Calls>(calls: C, handlers: HandlersOf<C>, place: () => TrustedPage): void {
  for (const name of Object.keys(calls) as NameOf<C>[]) {
    ipcMain.handle(`call:${name}`, (event, input: unknown) => answer(calls, handlers, place(), name, event, input))
  }
}

/** @returns a function that sends a contract's events to its window. Each payload is parsed on its way out, like every answer */
export function announcer<E extends Events>(events: E, window: () => WebContents | null) {
  return <N extends NameOf<E>>(name: N, payload: PayloadOf<E, N>): void => {
    const contents = window()
    if (contents === null || contents.isDestroyed()) return
    contents.send(`event:${name}`, v.parse(events[name] as E[N], payload))
  }
}
