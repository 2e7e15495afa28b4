import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { capture } from '../process/child.mjs'

/**
 * Runs in a session as an ordinary user: executes commands from its standard input, one JSON line each, and answers with a line each. `{
 * run: [PROGRAM, ARGUMENT...] }` waits for the program's end; `{ start: [...] }` does not, and answers with its process id.
 */
const lines = createInterface({ input: process.stdin })
answer({ ready: true })
for await (const line of lines) {
  const { run, start } = JSON.parse(line)
  if (run !== undefined) {
    const [program, ...args] = run
    answer(await capture(program, args, { deadline: 60_000 }))
  } else {
    const [program, ...args] = start
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], detached: true })
    child.on('error', () => undefined) // if a program does not start, the step that waits for its effect fails
    child.unref()
    answer({ pid: child.pid ?? null })
  }
}

/** @param {object} what */
function answer(what) {
  process.stdout.write(`${JSON.stringify(what)}\n`)
}
