import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Answer, Life, Task, Told } from './orders.ts'
import { orElse } from '../../../shared/or-else.ts'

/** What the parent of a life receives besides answers. */
export interface Ears {
  readonly step: (told: Extract<Told, { told: 'step' }>) => void
  readonly made: (told: Extract<Told, { told: 'made' }>) => void
  readonly begun: (task: Task, chosen: Extract<Told, { told: 'begun' }>['chosen'], n: number) => void
  readonly done: (task: Task, answer: Answer, n: number) => void
  readonly fault: (what: string) => void
}

/** A running child, from its parent's side. */
export class Living {
  readonly #child: ChildProcess
  readonly #ears: Ears
  readonly #asked = new Map<number, { task: Task; answered: (answer: Answer | null) => void }>()
  readonly #ended: Promise<unknown>
  #orders = 0
  #busy = 0
  #said = ''
  #ready: () => void = () => undefined
  /** Called when the child is inside the step in which it is to be killed. */
  onInside: () => void = () => undefined

  private constructor(child: ChildProcess, ears: Ears) {
    this.#child = child
    this.#ears = ears
    child.stdin?.on('error', () => undefined) // killed before it read its order
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#said = (this.#said + text).slice(-4_000)))
    const heard = createInterface({ input: child.stdio[3] as Readable })
    heard.on('line', (line) => this.#hear(line))
    this.#ended = Promise.all([once(heard, 'close'), once(child, 'exit')]).then(() => {
      for (const { answered } of this.#asked.values()) answered(null)
    })
  }

  static async start(bundle: string, life: Life, env: NodeJS.ProcessEnv, ears: Ears): Promise<Living> {
    const child = spawn(process.execPath, [bundle, JSON.stringify(life)], { env, stdio: ['pipe', 'ignore', 'pipe', 'pipe'] })
    const living = new Living(child, ears)
    await Promise.race([new Promise<void>((ready) => (living.#ready = ready)), living.#ended])
    return living
  }

  /** @returns null if the child ended before it answered */
  ask(task: Task): Promise<Answer | null> {
    if (this.isOver) return Promise.resolve(null)
    const n = (this.#orders += 1)
    const answer = new Promise<Answer | null>((answered) => this.#asked.set(n, { task, answered }))
    this.#child.stdin?.write(`${JSON.stringify({ ...task, n })}\n`)
    return answer
  }

  /** Whether it is running something that no task waits for. */
  get isBusy(): boolean {
    return this.#busy > 0
  }

  get isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  /** @returns how it ended: `SIGKILL`, another signal, or its status; and its stderr */
  async end(): Promise<{ how: string; said: string }> {
    await this.#ended
    return { how: this.#child.signalCode ?? `status ${this.#child.exitCode}`, said: this.#said }
  }

  #hear(line: string): void {
    const told = parse(line)
    if (told === null) return
    switch (told.told) {
      case 'ready':
        return this.#ready()
      case 'inside':
        return this.onInside()
      case 'busy':
        this.#busy += told.more
        return
      case 'made':
        return this.#ears.made(told)
      case 'step':
        return this.#ears.step(told)
      case 'fault':
        return this.#ears.fault(told.what)
      case 'begun': {
        const asked = this.#asked.get(told.n)
        if (asked !== undefined) this.#ears.begun(asked.task, told.chosen, told.n)
        return
      }
      case 'done': {
        const asked = this.#asked.get(told.n)
        if (asked === undefined) return
        this.#asked.delete(told.n)
        const answer: Answer = told.ok ? { ok: true, value: told.value } : { ok: false, code: told.code }
        this.#ears.done(asked.task, answer, told.n)
        asked.answered(answer)
      }
    }
  }
}

/** @returns null for a line during which its writer was killed */
function parse(line: string): Told | null {
  return orElse(() => JSON.parse(line) as Told, null)
}
