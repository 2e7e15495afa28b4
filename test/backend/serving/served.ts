import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { onTestFinished, vi } from 'vitest'
import { awaited } from '../../awaited.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

vi.setConfig({ testTimeout: 120_000 })

const serveScript = fileURLToPath(new URL('../../../backend/serve.ts', import.meta.url))
const tsx = createRequire(import.meta.url).resolve('tsx')

export interface Program {
  readonly child: ChildProcess
  /** Its output so far. */
  readonly said: { stdout: string; stderr: string }
  /** Its exit status, once it has ended. Starts to wait when it is read. */
  readonly ended: Promise<number | null>
}

/** Runs a script in a process of its own, which is ended with the test. */
export function run(script: string, args: string[], environment: Record<string, string> = {}, cwd?: string): Program {
  const child = spawn(process.execPath, ['--import', tsx, script, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  })
  const said = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text))
  const closed = once(child, 'close').then(([status]) => status as number | null)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await closed
  })
  return {
    ...{ child, said },
    get ended() {
      return awaited(closed, 'the end of a program', () => JSON.stringify(said))
    },
  }
}

export interface Served extends Program {
  readonly url: string
  readonly dataDir: string
}

/** Runs `serve.ts` as the command line does. */
export function runServe(args: string[], environment: Record<string, string> = {}): Program {
  return run(serveScript, args, environment)
}

/** A server that is ready. */
export async function serve(more: string[] = [], environment: Record<string, string> = {}): Promise<Served> {
  const dataDir = temporaryFolder()
  const program = runServe(['--port', '0', '--data-dir', dataDir, '--app-id', 'app-1', ...more], environment)
  const url = await readyUrl(program)
  return { ...program, url, dataDir }
}

/** The address in the line that it prints when it is ready. */
export async function readyUrl({ child, said }: Program): Promise<string> {
  const line = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (said.stdout.includes('\n')) resolve(said.stdout)
    })
    child.once('close', (status) => reject(new Error(`ended with ${status}: ${said.stderr}`)))
  })
  const { url } = JSON.parse(await awaited(line, 'a server that answers', () => JSON.stringify(said))) as { url: string }
  return url
}
