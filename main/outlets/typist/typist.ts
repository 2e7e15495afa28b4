import { Refusal, type RefusalCode } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'

/** Another program's window that had the focus. Except for the id, its fields are claims of the system or the program. */
export interface Target {
  /** The window system's id; '' where windows have no ids: typing then goes to the window that has the focus then. */
  readonly id: string
  /** The path of its program, or the name that the program gives itself; null if neither is known. */
  readonly program: string | null
  readonly title: string
  readonly pid: number | null
  readonly browser: boolean
}

/** Types a value into another program's window, like a person with a keyboard. It sends no Enter and no other keys. */
export interface Typist {
  /** Why typing is not possible at all; null if it is. As of the last `target()`. */
  readonly unavailable: RefusalCode | null
  /** The window that has the focus now; null if no window or one of ours has it. */
  target(): Promise<Target | null>
  /**
   * Resolves when the person holds no key any more: a held Enter would repeat into the target, a held Ctrl would turn the value into
   * commands.
   * @throws Refusal `keys-held` if that takes too long
   */
  waitForKeysReleased(): Promise<void>
  /**
   * Gives the focus to the target and types there in pieces, checking the focus before each piece.
   * @throws Refusal `target-changed` if the focus has moved, and the rest is not typed; `typing-untypable` for a value with characters that
   *   no keyboard has, before anything is typed; `typing-unavailable` if the system refuses; `locked` when `lock` is aborted, and the rest
   *   is not typed
   */
  type(value: Secret, target: Target, lock: AbortSignal): Promise<void>
}

/** Only printable ASCII: a line break would be an Enter, a tab would leave the field, and other characters are not on every keyboard. */
const typable = /^[ -~]+$/

/** @returns the value's text. @throws Refusal `typing-untypable` */
export function typableText(value: Secret): string {
  const text = value.expose()
  if (!typable.test(text)) throw new Refusal('typing-untypable')
  return text
}
