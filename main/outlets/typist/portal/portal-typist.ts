import { setTimeout as wait } from 'node:timers/promises'
import { Refusal, type RefusalCode } from '../../../vault/refusal.ts'
import type { Secret } from '../../../vault/secret.ts'
import type { RemoteKeyboard } from './portal-desktop.ts'
import { typableText, type Target, type Typist } from '../typist.ts'

const probeTimeoutMs = 2_000 // the first call may start the portal
const typeTimeoutMs = 90_000 // for the person's answer, and then the longest value
const strokeDelayMs = 4 // milliseconds between two strokes

/** Wayland does not tell programs which window has the focus. */
const unknownTarget: Target = { id: '', program: null, title: '', pid: null, browser: false }

/**
 * Types on Wayland through the desktop's portal, which asks the person the first time and shows that keys are being pressed. It does not
 * know the target window, whether it is a browser's, or which keys are held. The palette says so, and acts when Enter is released.
 */
export class PortalTypist implements Typist {
  #unavailable: RefusalCode | null = 'typing-unavailable'
  #token: string | null = null

  get unavailable(): RefusalCode | null {
    return this.#unavailable
  }

  async target(): Promise<Target> {
    const { onSessionBus, hasKeyboard } = await busClient()
    const found = await onSessionBus(hasKeyboard, probeTimeoutMs).catch(() => false) // no bus, no portal, or a portal without keyboards
    this.#unavailable = found ? null : 'typing-unavailable'
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
        await keyboard.close().catch(() => {}) // already closed if the person has ended it
      }
    }, typeTimeoutMs).catch((error: unknown) => {
      throw error instanceof Refusal ? error : new Refusal('typing-unavailable') // not the bus's error
    })
  }
}

/** Loads the D-Bus client, which only desktops with a portal need. */
async function busClient() {
  const [{ onSessionBus }, { hasKeyboard, RemoteKeyboard: keyboards }] = await Promise.all([
    import('../../../desktop/session-bus.ts'),
    import('./portal-desktop.ts'),
  ])
  return { onSessionBus, hasKeyboard, openKeyboard: keyboards.open.bind(keyboards) }
}

/** @throws Refusal `target-changed` if the desktop or the person ends the session meanwhile; `locked` */
async function strokes(keyboard: RemoteKeyboard, text: string, lock: AbortSignal): Promise<void> {
  for (const character of text) {
    if (lock.aborted) throw new Refusal('locked')
    await keyboard.stroke(character.charCodeAt(0)).catch(() => {
      throw new Refusal('target-changed')
    })
    await wait(strokeDelayMs)
  }
}
