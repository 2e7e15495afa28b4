import { contextBridge, ipcRenderer } from 'electron'
import type { Calls, Events } from './bridge.ts'

/**
 * Exposes a contract on `window` under a name: one function for each call and each event. The page gets no way to send on a channel of its
 * choice.
 */
export function expose(name: string, calls: Calls, events: Events): void {
  const invoke = (call: string) => (input: unknown) => ipcRenderer.invoke(`call:${call}`, input)
  const subscribe = (event: string) => (listener: (payload: unknown) => void) => {
    const onEvent = (_event: unknown, payload: unknown): void => listener(payload)
    ipcRenderer.on(`event:${event}`, onEvent)
    return () => ipcRenderer.off(`event:${event}`, onEvent)
  }
  contextBridge.exposeInMainWorld(name, {
    calls: Object.fromEntries(Object.keys(calls).map((call) => [call, invoke(call)])),
    events: Object.fromEntries(Object.keys(events).map((event) => [event, subscribe(event)])),
  })
}
