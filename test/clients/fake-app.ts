import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { CommandCalls, CommandName, CommandRequest } from '../../clients/shared/protocol/command.ts'
import { encodeFrame, FrameReader } from '../../clients/shared/protocol/frames.ts'
import { socketPath } from '../../clients/shared/protocol/socket-path.ts'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type Ended, latchkey, Started } from './command-line.ts'

type Answers = { [N in CommandName]?: (input: CommandCalls[N]['input']) => CommandCalls[N]['output'] }

/** Refuses with one of the app's codes. */
export class FakeRefusal extends Error {}

/** A fake app at the other end of the command's socket: answers as the test says, and records the calls. */
export class FakeApp {
  readonly folder = mkdtempSync(join(tmpdir(), 'fake-app-'))
  readonly env: NodeJS.ProcessEnv
  readonly path: string
  readonly heard: unknown[] = []
  readonly connections = new Set<Socket>()
  answers: Answers = {}
  /** Frames or raw bytes that are sent instead of the answer. */
  instead: ((request: CommandRequest) => Buffer) | null = null
  readonly #server = createServer((socket) => this.#serve(socket))

  /** @param name of the session's folder for sockets */
  constructor(name = 'run') {
    const runtime = join(this.folder, name)
    mkdirSync(runtime, { mode: 0o700 })
    this.env = { ...process.env, LATCHKEY_PROFILE_DIR: join(this.folder, 'profile'), XDG_RUNTIME_DIR: runtime }
    this.path = socketPath(join(this.folder, 'profile'), this.env, process.platform)
    mkdirSync(dirname(this.path), { mode: 0o700, recursive: true })
  }

  listen(): Promise<void> {
    return new Promise((listening) => this.#server.listen(this.path, listening))
  }

  start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
    return new Started(latchkey, args, { env: { ...this.env, ...env }, cwd: this.folder })
  }

  run(args: readonly string[], { input = '', env = {} }: { input?: string | Buffer; env?: NodeJS.ProcessEnv } = {}): Promise<Ended> {
    const started = this.start(args, env)
    started.child.stdin.end(input)
    return started.ended
  }

  /** Run by a shell in a terminal of its own. The terminal's content is the standard output. */
  inTerminal(words: string): Promise<Ended> {
    const started = this.startInTerminal(words)
    return started.ended
  }

  /** An interactive shell in a terminal of its own, which runs the command and goes on. */
  startInShell(words: string): Started {
    const started = new Started('script', ['--quiet', '--command', 'bash --norc --noprofile -i', '/dev/null'], {
      env: { ...this.env, PS1: '$ ' },
      cwd: this.folder,
    })
    started.child.stdin.write(`'${latchkey}' ${words}\r`)
    return started
  }

  startInTerminal(words: string): Started {
    return new Started('script', ['--quiet', '--return', '--command', `'${latchkey}' ${words}`, '/dev/null'], {
      env: { ...this.env, SHELL: '/bin/bash' },
      cwd: this.folder,
    })
  }

  async close(): Promise<void> {
    for (const socket of this.connections) socket.destroy()
    await new Promise((closed) => this.#server.close(closed))
    rmSync(this.folder, { recursive: true })
  }

  #serve(socket: Socket): void {
    this.connections.add(socket)
    socket.on('close', () => this.connections.delete(socket))
    socket.on('error', () => socket.destroy())
    const reader = new FrameReader()
    socket.on('data', (chunk) => {
      for (const message of reader.push(chunk)) {
        this.heard.push(message)
        if (typeof message === 'object' && message !== null && 'call' in message) socket.write(this.#answer(message as CommandRequest))
      }
    })
  }

  #answer(request: CommandRequest): Buffer {
    if (this.instead !== null) return this.instead(request)
    const { id, call, input } = request
    try {
      const answer = this.answers[call] as ((input: unknown) => unknown) | undefined
      if (answer === undefined) throw new FakeRefusal('request-invalid')
      return encodeFrame({ id, ok: true, value: answer(input) })
    } catch (error) {
      return encodeFrame({ id, ok: false, code: error instanceof FakeRefusal ? error.message : 'internal' })
    }
  }
}

/** A fake app for the tests of a suite. What it has heard is forgotten before each. */
export function listeningFakeApp(): FakeApp {
  const app = new FakeApp()
  beforeAll(() => app.listen())
  beforeEach(() => void (app.heard.length = 0))
  afterAll(() => app.close())
  return app
}
