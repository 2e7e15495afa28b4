import { readFileSync } from 'node:fs'
import { usage } from '../output/fault.ts'
import { orElse } from '../../../shared/or-else.ts'

/** Arguments and variables as the raw bytes that Linux passed. The runtime decodes them to text, which changes bytes that are not UTF-8. */
interface RawInput {
  /** The arguments that are not UTF-8, by their index. */
  readonly args: ReadonlyMap<number, Buffer>
  /** The variables that are not UTF-8, whole as `NAME=value`, by their names. */
  readonly variables: ReadonlyMap<string, Buffer>
}

/** The variables that locate the profile and the app. */
const ours = ['LATCHKEY_PROFILE_DIR', 'LATCHKEY_APP', 'XDG_RUNTIME_DIR', 'XDG_CONFIG_HOME', 'HOME', 'TMPDIR']

/** @param args as the runtime gives them */
export function readRaw(args: readonly string[]): RawInput {
  const given = partsOf('/proc/self/cmdline').slice(1)
  const variables = partsOf('/proc/self/environ').filter(isRaw)
  return {
    args: new Map(given.length === args.length ? [...given.entries()].filter(([, bytes]) => isRaw(bytes)) : []),
    variables: new Map(variables.map((bytes) => [nameOf(bytes), bytes])),
  }
}

/**
 * Refuses our own arguments and variables if they are not UTF-8, because they would be read as a different text. The program's arguments
 * after `--` are passed on unchanged.
 * @throws Fault
 */
export function refuseNonUtf8(args: readonly string[], raw: RawInput): void {
  const dashes = args.indexOf('--')
  for (const [place, bytes] of raw.args) {
    if (args[0] === 'run' && dashes >= 0 && place > dashes) continue
    throw usage(`Argument ${place + 1} is not UTF-8 text: ${bytes.toString('utf8')}`, 'Give the key or the file a name in UTF-8.')
  }
  const variable = ours.find((name) => raw.variables.has(name))
  if (variable !== undefined) throw usage(`The variable ${variable} is not UTF-8 text.`, 'Give the folder or the program a name in UTF-8.')
}

/** A program's words and its environment as bytes; a variable whole, as `NAME=value`. */
export interface ProgramBytes {
  readonly words: readonly Buffer[]
  readonly variables: readonly Buffer[]
}

/**
 * @param words the program and its arguments: our last arguments
 * @param env its environment, where the variables of `set` are not inherited
 */
export function programBytes(words: readonly string[], env: NodeJS.ProcessEnv, set: ReadonlySet<string>): ProgramBytes {
  const args = process.argv.slice(2)
  const raw = readRaw(args)
  const first = args.length - words.length
  const inherited = partsOf('/proc/self/environ').filter((bytes) => !set.has(nameOf(bytes)))
  const given = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || (inherited.length > 0 && !set.has(name)) ? [] : [Buffer.from(`${name}=${value}`)],
  )
  return { words: words.map((word, index) => raw.args.get(first + index) ?? Buffer.from(word)), variables: [...inherited, ...given] }
}

function nameOf(variable: Buffer): string {
  return variable.subarray(0, Math.max(0, variable.indexOf('='))).toString('utf8')
}

function isRaw(bytes: Buffer): boolean {
  return !Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes)
}

/** Empty if there is no `/proc`. */
function partsOf(path: string): Buffer[] {
  if (process.platform !== 'linux') return []
  const bytes = orElse(() => readFileSync(path), Buffer.alloc(0))
  const parts: Buffer[] = []
  for (let at = 0, end = bytes.indexOf(0); end >= 0; at = end + 1, end = bytes.indexOf(0, at)) parts.push(bytes.subarray(at, end))
  return parts
}
