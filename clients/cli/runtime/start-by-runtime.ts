import { spawn } from 'node:child_process'
import type { Circumstances, Running, Words } from './program.ts'
import { hasTerminal, SignalForwarder } from './signals.ts'

/** On Windows. */
export function startByRuntime([program, ...args]: Words, { env, hide }: Circumstances): Running {
  const output = hide === null ? 'inherit' : 'pipe'
  const child = spawn(program, args, { env, stdio: ['inherit', output, output] })
  const signals = new SignalForwarder((signal) => child.kill(signal), [], hasTerminal)
  return {
    ended: new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (status, signal) => {
        signals.forget()
        resolve({ status, signal })
      })
    }),
    outputs: [child.stdout, child.stderr],
  }
}
