import { setTimeout as wait } from 'node:timers/promises'
import { Refusal, type RefusalCode } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'
import type { RemoteKeyboard } from './portal-desktop.ts'
import { typableText, type Target, type Typist } from './typist.ts'

const probeTimeoutMs = 2_000 // milliseconds; the first question may start the portal
const typeTimeoutMs = 90_000 // with a person to be asked, and then the longest value
const strokeDelayMs = 4 // milliseconds between two strokes

/** Wayland tells no program which window has the focus. */
const unknownTarget: Target = { id: '', program: null, title: '', pid: null, browser: false }

/**
 * Types on Wayland by the desktop's portal, which asks its person the first time and shows that keys are being pressed. It cannot tell
 * the window, nor whether it is a browser's, nor which keys are held: the palette says so, and its window takes Enter when it is let go.
 */
export class PortalTypist implements Typist {
  #barred: RefusalCode | null = 'typing-unavailable'
  #token: string | null = null

  get barred(): RefusalCode | null {
    return this.#barred
  }

  async target(): Promise<Target> {
    const { onSessionBus, hasKeyboard } = await busClient()
    const found = await onSessionBus(hasKeyboard, probeTimeoutMs).catch(() => false) // no bus, no portal, or one without keyboards
    this.#barred = found ? null : 'typing-unavailable'
    return unknownTarget
  }

  waitForKeysReleased(): Promise<void> {
    return Promise.resolve()
  }

  async type(value: Secret, _target: Target, lock: AbortSignal): Promise<void> {
    const text = typableText(value)
    const { onSessionBus, openKeyboard } = await busClient()
    await onSessionBus(async (bus) => {
      const { keyboard, token } = await openKeyboard(bus, this.#token)
      this.#token = token
      try {
        await strokes(keyboard, text, lock)
      } finally {
        await keyboard.close().catch(() => {}) // it is closed already when its person has ended it
      }
    }, typeTimeoutMs).catch((error: unknown) => {
      throw error instanceof Refusal ? error : new Refusal('typing-unavailable') // what the bus says of it
    })
  }
}

/** A D-Bus client, loaded where there is a portal to ask: other desktops do without. */
async function busClient() {
  const [{ onSessionBus }, { hasKeyboard, RemoteKeyboard: keyboards }] = await Promise.all([
    import('../../desktop/session-bus.ts'),
    import('./portal-desktop.ts'),
  ])
  return { onSessionBus, hasKeyboard, openKeyboard: keyboards.open.bind(keyboards) }
}

/** @throws Refusal `target-changed` when the desktop, or its person, ends it half-way; `locked` */
async function strokes(keyboard: RemoteKeyboard, text: string, lock: AbortSignal): Promise<void> {
  for (const character of text) {
    if (lock.aborted) throw new Refusal('locked')
    await keyboard.stroke(character.charCodeAt(0)).catch(() => {
      throw new Refusal('target-changed')
    })
    await wait(strokeDelayMs)
  }
}
