import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What a terminal sends to a whole foreground group at once, so that the program has it already. */
const typed: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT'])
const passed: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2']

/** Passes signals on to a child, and stays alive for its answer. */
export class Signals {
  readonly #passOn: (signal: NodeJS.Signals) => void

  /**
   * @param inForeground whether Ctrl+C at a terminal reaches this process's group. Passing it on too would be a second one, by which
   *   many programs give up what they are doing at once
   */
  constructor(child: ChildProcess, inForeground: () => boolean) {
    this.#passOn = (signal) => {
      if (!typed.has(signal) || !inForeground()) child.kill(signal)
    }
    for (const signal of passed) process.on(signal, this.#passOn)
  }

  forget(): void {
    for (const signal of passed) process.off(signal, this.#passOn)
  }
}

/** Whether this process's group is the foreground group of its terminal. Elsewhere than on Linux: whether it seems to have one. */
export function hasTerminal(): boolean {
  if (process.platform !== 'linux') return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  // After the program's name, which is in brackets and may hold anything: state, parent, group, session, terminal, foreground group.
  const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1)?.split(' ') ?? []
  return group !== undefined && group === foreground
}
