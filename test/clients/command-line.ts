import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { awaited } from '../awaited.ts'

/** The built executable, as it is installed. */
export const latchkey = resolve(
  import.meta.dirname,
  '..',
  '..',
  'out',
  'command',
  process.platform === 'win32' ? 'latchkey.exe' : 'latchkey',
)

export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A running program: its output so far, and its end. */
export class Started {
  readonly child: ChildProcessWithoutNullStreams
  stdout = ''
  stderr = ''
  readonly #closed: Promise<Ended>

  constructor(program: string, args: readonly string[], options: { env?: NodeJS.ProcessEnv; cwd?: string } = {}) {
    this.child = spawn(program, args, { ...options, stdio: 'pipe' })
    this.child.stdin.on('error', () => undefined) // it may end without reading
    this.child.stdout.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()))
    this.child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()))
    this.#closed = new Promise((done, failed) => {
      this.child.once('error', failed)
      this.child.once('close', (status, signal) => done({ status, signal, stdout: this.stdout, stderr: this.stderr }))
    })
  }

  /** Starts to wait when it is read. */
  get ended(): Promise<Ended> {
    return awaited(this.#closed, 'the end of a program', () => this.#said())
  }

  #said(): string {
    return JSON.stringify({ stdout: this.stdout, stderr: this.stderr })
  }

  /** Resolves once standard output contains the text. */
  async says(text: string): Promise<void> {
    while (!this.stdout.includes(text)) await this.more(JSON.stringify(text))
  }

  /** Resolves at the next output, and rejects at the program's end. */
  more(what = 'more output'): Promise<void> {
    const { stdout } = this.child
    const heard = new Promise<void>((heard, failed) => {
      const leave = (): void => void stdout.off('data', onData).off('end', onEnd)
      const onData = (): void => (leave(), heard())
      const onEnd = (): void => (leave(), failed(new Error(`it has ended: ${this.stdout}${this.stderr}`)))
      if (stdout.readableEnded) onEnd()
      else stdout.on('data', onData).on('end', onEnd)
    })
    return awaited(heard, what, () => this.#said())
  }
}
