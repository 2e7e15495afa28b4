import type { FieldObstacle, SetResult } from './content/page-calls.ts'

/** Why there is nothing to fill, or why filling failed, unless the app says so. The app's refusal codes are passed on unchanged. */
export type ExtensionTrouble =
  | 'not-installed' // the browser has no such native messaging host registered
  | 'not-running' // the host runs, but could not reach the app
  | 'unproven' // the program that answers is not the app that this browser is paired with
  | 'ended' // the connection was closed
  | 'page-closed' // the browser gives extensions no access to this page
  | 'page-changed' // not the document, frame or address that was checked
  | 'no-field'
  | FieldObstacle
  | Exclude<SetResult, 'filled'>

export class Trouble extends Error {
  override readonly name = 'Trouble'

  /** @param code an ExtensionTrouble, or one of the app's refusal codes */
  constructor(readonly code: string) {
    super(code)
  }

  static of(code: ExtensionTrouble): Trouble {
    return new Trouble(code)
  }
}

/** An unexpected error is reported as such, without its message, which may name the page or quote secret data. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Trouble ? thrown.code : 'internal'
}
