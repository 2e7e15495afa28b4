import { contextBridge, ipcRenderer } from 'electron'
import type { Calls, Events } from './bridge.ts'

/**
 * Puts a contract on `window` under a name: one function a call and one an event. The window gets no channel name and no way to
 * name one.
 */
export function expose(name: string, calls: Calls, events: Events): void {
  const invoke = (call: string) => (input: unknown) => ipcRenderer.invoke(`call:${call}`, input)
  const hear = (event: string) => (heard: (payload: unknown) => void) => {
    const listener = (_event: unknown, payload: unknown): void => heard(payload)
    ipcRenderer.on(`event:${event}`, listener)
    return () => ipcRenderer.off(`event:${event}`, listener)
  }
  contextBridge.exposeInMainWorld(name, {
    calls: Object.fromEntries(Object.keys(calls).map((call) => [call, invoke(call)])),
    events: Object.fromEntries(Object.keys(events).map((event) => [event, hear(event)])),
  })
}
