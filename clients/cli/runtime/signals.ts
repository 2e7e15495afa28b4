import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

/** Signals that a terminal sends to the whole foreground group, so that the program has them already. */
const typed: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT'])
/**
 * All signals that programs send to one another, but SIGPWR, which the runtime needs. A terminal's SIGWINCH and a shell's SIGCONT may arrive
 * twice, which does no harm.
 */
const passed = (['INT', 'QUIT', 'TERM', 'HUP', 'USR1', 'USR2', 'ALRM', 'VTALRM', 'WINCH', 'CONT', 'URG', 'IO'] as const)
  .map((name): NodeJS.Signals => `SIG${name}`)
  .filter((name) => name in constants.signals)
/** Signals that dump core. */
const cores = new Set<NodeJS.Signals>(
  (['QUIT', 'ILL', 'TRAP', 'ABRT', 'BUS', 'FPE', 'SEGV', 'XCPU', 'XFSZ', 'SYS'] as const).map((name): NodeJS.Signals => `SIG${name}`),
)

/** The runtime ignores these itself. */
export const ignoredByRuntime: readonly NodeJS.Signals[] = ['SIGPIPE', 'SIGXFSZ']

/** The signals that this process was started to ignore, by `nohup` or a shell's `&`. The program must ignore them too. */
export function ignoredSignals(): NodeJS.Signals[] {
  if (process.platform !== 'linux') return []
  const mask = BigInt(`0x${/^SigIgn:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'latin1'))?.[1] ?? '0'}`)
  return (Object.keys(constants.signals) as NodeJS.Signals[]).filter(
    (name) => !ignoredByRuntime.includes(name) && (mask >> BigInt(constants.signals[name] - 1)) % 2n === 1n,
  )
}

/** Passes signals on to a child. */
export class SignalForwarder {
  readonly #passOn: (signal: NodeJS.Signals) => void
  readonly #passed: readonly NodeJS.Signals[]

  /**
   * @param ignored stay ignored
   * @param inForeground whether Ctrl+C in a terminal reaches this process's group. Passing it on would then deliver it twice, on which many
   * programs abort at once
   */
  constructor(kill: (signal: NodeJS.Signals) => void, ignored: readonly NodeJS.Signals[], inForeground: () => boolean) {
    this.#passed = passed.filter((signal) => !ignored.includes(signal))
    this.#passOn = (signal) => {
      if (!typed.has(signal) || !inForeground()) kill(signal)
    }
    for (const signal of this.#passed) process.on(signal, this.#passOn)
  }

  forget(): void {
    for (const signal of this.#passed) process.off(signal, this.#passOn)
  }
}

/**
 * Whether this process's group is the foreground group of its terminal. On systems other than Linux: whether it seems to have a terminal.
 */
export function hasTerminal(): boolean {
  if (process.platform !== 'linux') return process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  // After the program's name, which is in parentheses and may contain anything: state, parent, group, session, terminal, foreground group.
  const [, , group, , , foreground] = readFileSync('/proc/self/stat', 'latin1').split(') ').at(-1)?.split(' ') ?? []
  return group !== undefined && group === foreground
}

/**
 * Ends this process by the signal that ended its program. Shells need this: after Ctrl+C they end a loop only if the command was ended by
 * it.
 * @returns the status that shells show for the signal, if this process cannot be ended by it: on Windows, and if our core dump would
 * overwrite the program's
 */
export async function endWithSignal(signal: NodeJS.Signals): Promise<number> {
  const status = 128 + constants.signals[signal]
  if (process.platform === 'win32' || (cores.has(signal) && writesCores())) return status
  const { dieOf } = await import('./system.ts')
  dieOf(signal)
  return status
}

/** Into a file whose name may be the same for every process. */
function writesCores(): boolean {
  try {
    if (readFileSync('/proc/sys/kernel/core_pattern', 'latin1').startsWith('|')) return false
    return !/^Max core file size +0 /m.test(readFileSync('/proc/self/limits', 'latin1'))
  } catch {
    return true
  }
}
