import { Clipboard } from '../../../main/outlets/clipboard.ts'
import { ClipboardMarker } from '../../../main/outlets/clipboard-marker.ts'

/** A marker of a copied value that is kept in memory only. */
class MemoryMarker extends ClipboardMarker {
  constructor() {
    super('')
  }
  override write = (): Promise<void> => Promise.resolve()
  override exists = (): boolean => false
  override remove = (): void => undefined
}

/** A clipboard over a variable, cleared after thirty seconds. */
export function testClipboard(held: { get: () => string; set: (text: string) => void }, clock: () => number): Clipboard {
  return new Clipboard({
    system: {
      readText: held.get,
      writeText: held.set,
      writeSecret: (text) => Promise.resolve(held.set(text)),
      clear: () => held.set(''),
    },
    seconds: () => 30,
    marker: new MemoryMarker(),
    cleared: () => undefined,
    report: () => undefined,
    clock,
  })
}
