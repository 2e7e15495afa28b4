import { Refusal, type RefusalCode } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'

/** A window of another program, which had the focus. Everything but the id is what the system or the program says of it. */
export interface Target {
  /** As the window system names it; '' where it names none, and typing goes to whatever has the focus by then. */
  readonly id: string
  /** The path of its program; what the program calls itself where the system tells no path; null where nothing is known. */
  readonly program: string | null
  readonly title: string
  readonly pid: number | null
  readonly browser: boolean
}

/** Types a value into another program's window, as a person would with the keyboard. Sends no Enter and no other key beside. */
export interface Typist {
  /** Why it can type nowhere; null when it can. As of the last `target()`. */
  readonly barred: RefusalCode | null
  /** The window that has the focus now; null if none has, or one of our own. */
  target(): Promise<Target | null>
  /**
   * Resolves when the person holds no key any more: a held Enter would repeat into the target, a held Ctrl make commands of the value.
   * @throws Refusal `keys-held` if that takes too long
   */
  waitForKeysReleased(): Promise<void>
  /**
   * Gives the focus to the target and types there, in pieces, each only while the focus is where it was.
   * @throws Refusal `target-changed` when it is not, and the rest is not typed; `typing-untypable` for a value that no keyboard gives,
   *   before anything is typed; `typing-unavailable` if the system refuses; `locked` when `lock` is aborted, and the rest is not typed
   */
  type(value: Secret, target: Target, lock: AbortSignal): Promise<void>
}

/** Printable ASCII alone: a line break would be an Enter, a tab would leave the field, and the rest is on no keyboard. */
const typable = /^[ -~]+$/

/** @returns the value's text. @throws Refusal `typing-untypable` */
export function typableText(value: Secret): string {
  const text = value.expose()
  if (!typable.test(text)) throw new Refusal('typing-untypable')
  return text
}
