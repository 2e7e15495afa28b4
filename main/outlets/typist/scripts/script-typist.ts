import type { RefusalCode } from '../../../vault/refusal.ts'
import { codeOf } from '../../../vault/refusal.ts'
import type { Secret } from '../../../vault/secret.ts'
import { type DesktopScript, runScript, targetOf } from './desktop-script.ts'
import type { StartProgram } from '../program.ts'
import { typableText, type Target, type Typist } from '../typist.ts'

/** A system's scripts. The comments say: input → output. */
export interface DesktopScripts {
  /** Nothing → `{id, program, title, pid}` of the focused window; `{}` if no window has the focus. */
  readonly look: DesktopScript
  /** Nothing → `{}` once no key is held. */
  readonly release: DesktopScript
  /** The window's id, its process and the text, a line each → `{}` once it is typed. The script checks the focus before every piece. */
  readonly type: DesktopScript
}

/** Types through the scripting of macOS and Windows. The script is an argument; the value is written to its stdin only. */
export class ScriptTypist implements Typist {
  readonly #start: StartProgram
  readonly #scripts: DesktopScripts
  #unavailable: RefusalCode | null = null

  constructor(start: StartProgram, scripts: DesktopScripts) {
    this.#start = start
    this.#scripts = scripts
  }

  get unavailable(): RefusalCode | null {
    return this.#unavailable
  }

  async target(): Promise<Target | null> {
    try {
      const target = targetOf(await runScript(this.#start, this.#scripts.look, []))
      this.#unavailable = null
      return target
    } catch (error) {
      this.#unavailable = codeOf(error)
      return null
    }
  }

  async waitForKeysReleased(): Promise<void> {
    await runScript(this.#start, this.#scripts.release, [])
  }

  async type(value: Secret, { id, pid }: Target, lock: AbortSignal): Promise<void> {
    const text = typableText(value)
    await runScript(this.#start, this.#scripts.type, [id, String(pid), text], lock)
  }
}
