import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from './contract.ts'
import { calls, events } from './contract.ts'

/**
 * `window.latchkey`: one function a call and one an event, made from the contract. The window gets no channel name and no
 * way to name one.
 */
const bridge = {
  calls: Object.fromEntries(
    Object.keys(calls).map((name) => [name, (input: unknown) => ipcRenderer.invoke(`call:${name}`, input)]),
  ),
  events: Object.fromEntries(
    Object.keys(events).map((name) => [
      name,
      (heard: (payload: unknown) => void) => {
        const listener = (_event: unknown, payload: unknown): void => heard(payload)
        ipcRenderer.on(`event:${name}`, listener)
        return () => ipcRenderer.off(`event:${name}`, listener)
      },
    ]),
  ),
} as unknown as Bridge

contextBridge.exposeInMainWorld('latchkey', bridge)
