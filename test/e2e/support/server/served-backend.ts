import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A served backend: a process of its own, on a port. */
export interface Served {
  readonly url: string
  readonly appId: string
  readonly stop: () => Promise<void>
}

export async function serve(dataDir: string, { port = 0, appId = 'team' } = {}): Promise<Served> {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const program = resolve(import.meta.dirname, '..', '..', '..', '..', 'backend', 'serve.ts')
  const args = ['--import', tsx, program, '--port', String(port), '--data-dir', dataDir, '--app-id', appId]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const line = await new Promise<string>((done, failed) => {
    child.stdout.once('data', (chunk: Buffer) => done(chunk.toString()))
    child.once('exit', (code) => failed(new Error(`the backend ended with ${code}`)))
  })
  const { url } = JSON.parse(line) as { url: string }
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await ended
  }
  return { url, appId, stop }
}
