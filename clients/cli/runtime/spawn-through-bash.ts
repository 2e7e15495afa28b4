import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { exitStatus } from '../output/exit-status.ts'
import { Fault } from '../output/fault.ts'

/** What Node cannot pass to a program: bytes that are not UTF-8, and ignored signals. */
export interface RawSpawn {
  /** The program and its arguments as raw bytes. */
  readonly words: readonly Buffer[]
  /** Each whole, as `NAME=value`. */
  readonly variables: readonly Buffer[]
  readonly ignored: readonly NodeJS.Signals[]
}

const bash = '/bin/bash'
/** Replaces bash by another program, as the descriptor named in its first argument says. `-p` (privileged): bash obeys no variables. */
const script = `__fd=$1; mapfile -d '' -t -u "$__fd" __all; exec {__fd}<&-
[ -z "$2" ] || trap '' $2
__count=\${__all[0]}; for ((__at = 1; __at <= __count; __at++)); do export "\${__all[__at]}"; done
exec -- "\${__all[@]:__count + 1}"`

/**
 * Starts a program through bash, which execs it: process id, descriptors and signals are the program's.
 * @throws Fault if that is not possible
 */
export function spawnThroughBash(
  { words, variables, ignored }: RawSpawn,
  env: NodeJS.ProcessEnv,
  stdio: readonly (number | 'ignore' | 'inherit' | 'pipe')[],
): ChildProcess {
  const foreign = variables.find((bytes) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(bytes.toString('latin1')))
  if (foreign !== undefined) throw refusal(`The variable ${foreign.subarray(0, foreign.indexOf('=')).toString()} is not UTF-8 text`)
  if (!existsSync(bash)) throw refusal('An argument or a variable is not UTF-8 text, or a signal is ignored,')
  const own: StdioOptions = [...stdio, 'pipe']
  const child = spawn(bash, ['--norc', '-p', '-c', script, 'bash', String(stdio.length), ignored.join(' ')], { env, stdio: own })
  const orders = child.stdio[stdio.length] as Writable | null
  orders?.on('error', () => undefined) // bash has ended, which its exit event reports
  orders?.end(Buffer.concat([Buffer.from(String(variables.length)), ...variables, ...words].flatMap((part) => [part, Buffer.from([0])])))
  return child
}

function refusal(what: string): Fault {
  return new Fault(
    exitStatus.fault,
    `${what}, and cannot be passed on as it is.`,
    `Bash has to be there as ${bash}, and a variable’s name of letters, digits and _.`,
  )
}
