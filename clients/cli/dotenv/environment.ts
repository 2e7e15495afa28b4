import { parseEnvFile, variableName } from './env-file.ts'
import { Fault, usage } from '../output/fault.ts'
import { exitStatus } from '../output/exit-status.ts'
import { readInput } from '../runtime/files.ts'
import { parseReference } from '../references/reference.ts'
import { Template } from '../references/template.ts'
import type { RequiredValues } from '../references/required-values.ts'

/** A variable of the program's environment, before the values are filled in. */
export interface Setting {
  readonly name: string
  readonly value: (wanted: RequiredValues) => string
}

/**
 * Reads the variables from `--env-file` and `--env`. Later files win over earlier ones, and `--env` wins over all files.
 * @param wanted collects the keys that are needed. @throws Fault
 */
export function settingsFrom(given: { files: readonly string[]; assignments: readonly string[] }, wanted: RequiredValues): Setting[] {
  const settings = new Map<string, Setting>()
  for (const setting of given.files.flatMap((path) => inFile(path, wanted))) settings.set(setting.name, setting)
  const assigned = new Set<string>()
  for (const assignment of given.assignments) {
    const equals = assignment.indexOf('=')
    const name = assignment.slice(0, Math.max(0, equals))
    if (!variableName.test(name)) throw usage(`--env takes NAME=KEY, and not: ${assignment}`)
    if (assigned.has(name)) throw usage(`--env sets ${name} twice.`)
    assigned.add(name)
    const reference = parseReference(assignment.slice(equals + 1))
    wanted.add(reference, `--env ${name}`)
    settings.set(name, { name, value: (all) => all.valueOf(reference) })
  }
  return [...settings.values()]
}

function inFile(path: string, wanted: RequiredValues): Setting[] {
  return parseEnvFile(readInput(path), path).map(({ name, value, line }) => {
    const template = new Template(Buffer.from(value, 'utf8'), () => `${path}, line ${line}`, wanted)
    return { name, value: (all) => template.filled(all).toString('utf8') }
  })
}

/**
 * Builds the program's environment: ours, with the settings in place of variables of the same name. On Windows `Path` and `PATH` are the
 * same variable; with both present, the program would get the first.
 * @throws Fault
 */
export function environmentFor(
  own: NodeJS.ProcessEnv,
  settings: readonly Setting[],
  wanted: RequiredValues,
  platform: NodeJS.Platform,
): NodeJS.ProcessEnv {
  const same = (name: string) => (platform === 'win32' ? name.toUpperCase() : name)
  const replaced = new Set(settings.map(({ name }) => same(name)))
  const kept = Object.entries(own).filter(([name]) => !replaced.has(same(name)))
  const added = settings.map(({ name, value }): [string, string] => {
    const text = value(wanted)
    // Node would refuse it too, but quote the value in its message.
    if (text.includes('\0')) throw new Fault(exitStatus.fault, `The value for ${name} has a null character, which no environment can hold.`)
    return [name, text]
  })
  return Object.fromEntries([...kept, ...added])
}
