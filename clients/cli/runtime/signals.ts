import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

/** What a terminal sends to a whole foreground group at once, so that the program has it already. */
const typed: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT'])
/** All that one program sends another. A terminal's SIGWINCH and a shell's SIGCONT may come twice, which changes nothing. */
const passed = (['INT', 'QUIT', 'TERM', 'HUP', 'USR1', 'USR2', 'ALRM', 'VTALRM', 'WINCH', 'CONT', 'URG', 'IO', 'PWR'] as const)
  .map((name): NodeJS.Signals => `SIG${name}`)
  .filter((name) => name in constants.signals)
/** Those that leave an image of the process's memory behind. */
const cores = new Set<NodeJS.Signals>(
  (['QUIT', 'ILL', 'TRAP', 'ABRT', 'BUS', 'FPE', 'SEGV', 'XCPU', 'XFSZ', 'SYS'] as const).map((name): NodeJS.Signals => `SIG${name}`),
)

/** Node ignores these of itself. */
const ofNode: ReadonlySet<string> = new Set(['SIGPIPE', 'SIGXFSZ'])

/**
 * What this process was started to ignore, by `nohup` or a shell's `&`: so is its program. Node listens to SIGINT whatever was asked of
 * it; a shell that has the one ignored has SIGQUIT ignored with it.
 */
export function ignoredSignals(): NodeJS.Signals[] {
  if (process.platform !== 'linux') return []
  const mask = BigInt(`0x${/^SigIgn:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '0'}`)
  const ignored = (Object.keys(constants.signals) as NodeJS.Signals[]).filter(
    (name) => !ofNode.has(name) && (mask >> BigInt(constants.signals[name] - 1)) % 2n === 1n,
  )
  return ignored.includes('SIGQUIT') ? [...ignored, 'SIGINT'] : ignored
}

/** Passes signals on to a child, and stays alive for its answer. */
export class Signals {
  readonly #passOn: (signal: NodeJS.Signals) => void
  readonly #passed: readonly NodeJS.Signals[]

  /**
   * @param ignored stay so
   * @param inForeground whether Ctrl+C at a terminal reaches this process's group. Passing it on too would be a second one, by which
   *   many programs give up what they are doing at once
   */
  constructor(child: ChildProcess, ignored: readonly NodeJS.Signals[], inForeground: () => boolean) {
    this.#passed = passed.filter((signal) => !ignored.includes(signal))
    this.#passOn = (signal) => {
      if (!typed.has(signal) || !inForeground()) child.kill(signal)
    }
    for (const signal of this.#passed) process.on(signal, this.#passOn)
  }

  forget(): void {
    for (const signal of this.#passed) process.off(signal, this.#passOn)
  }
}

/** Whether this process's group is the foreground group of its terminal. Elsewhere than on Linux: whether it seems to have one. */
export function hasTerminal(): boolean {
  if (process.platform !== 'linux') return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  // After the program's name, which is in brackets and may hold anything: state, parent, group, session, terminal, foreground group.
  const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1)?.split(' ') ?? []
  return group !== undefined && group === foreground
}

/**
 * Ends this process by the signal that ended its program, as a shell has to see it: after Ctrl+C it ends a loop only if what it ran
 * was ended by that.
 * @returns the status that shells show for it, where it cannot be: on Windows, and where our core would be written over the program's
 */
export function endBy(signal: NodeJS.Signals): number {
  const status = 128 + constants.signals[signal]
  if (process.platform === 'win32' || (cores.has(signal) && writesCores())) return status
  if (signal !== 'SIGKILL') {
    // Node ignores some, and we listen for some: without a listener that was there it is what the system does by itself.
    process.on(signal, () => undefined).removeAllListeners(signal)
  }
  process.kill(process.pid, signal)
  return status
}

/** Into a file, whose name may be the same for every process. */
function writesCores(): boolean {
  try {
    if (readFileSync('/proc/sys/kernel/core_pattern', 'latin1').startsWith('|')) return false
    return !/^Max core file size +0 /m.test(readFileSync('/proc/self/limits', 'latin1'))
  } catch {
    return true
  }
}
