import { AppUnreachable } from '../app-connection/app-unreachable.ts'
import { splitAtDashes } from './arguments.ts'
import { exitFor, exitStatus } from './output/exit-status.ts'
import { Fault, Refused } from './output/fault.ts'
import { endWithOutput, OutputFailure, print } from './output/output.ts'
import { readRaw, refuseNonUtf8 } from './runtime/raw-arguments.ts'

declare const __VERSION__: string

type Command = (args: string[]) => Promise<number>

/** Each command is loaded when it is called, which keeps the start fast. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  list: async () => (await import('./commands/list.ts')).list,
  get: async () => (await import('./commands/get.ts')).get,
  run: async () => (await import('./commands/run.ts')).run,
  inject: async () => (await import('./commands/inject.ts')).inject,
  copy: async () => (await import('./commands/copy.ts')).copy,
  add: async () => (await import('./commands/add.ts')).add,
  connect: async () => (await import('./commands/connect.ts')).connect,
  disconnect: async () => (await import('./commands/connect.ts')).disconnect,
  'git-credential': async () => (await import('./commands/git-credential.ts')).gitCredential,
  quick: async () => (await import('./commands/quick.ts')).quick,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  journal: async () => (await import('./commands/journal.ts')).journal,
  status: async () => (await import('./commands/status.ts')).status,
  completion: async () => (await import('./commands/completion.ts')).completion,
}

/** @returns the exit status */
export async function main(args: string[]): Promise<number> {
  try {
    refuseNonUtf8(args, readRaw(args))
    return await dispatch(args)
  } catch (error) {
    return tell(error)
  }
}

async function dispatch([name = 'help', ...args]: string[]): Promise<number> {
  if (name === '--version' || name === '-V') {
    print(`latchkey ${__VERSION__}\n`)
    return exitStatus.fine
  }
  const [before] = splitAtDashes(args)
  if (name === 'help' || name === '--help' || name === '-h') return help(before[0])
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (load === undefined) throw new Fault(exitStatus.usage, `There is no command ${name}.`, 'latchkey --help lists them.')
  if (before.includes('--help') || before.includes('-h')) return help(name)
  return (await load())(args)
}

async function help(name: string | undefined): Promise<number> {
  const { helpFor } = await import('./output/help.ts')
  print(helpFor(name))
  return exitStatus.fine
}

async function tell(error: unknown): Promise<number> {
  if (error instanceof OutputFailure) return endWithOutput(error)
  if (error instanceof Fault) return say(error.exit, error.message, error.next)
  const { sentencesFor, unreachableSentences } = await import('./output/sentences.ts')
  if (error instanceof Refused) return say(exitFor(error.code), sentencesFor(error.code).what, sentencesFor(error.code).next)
  if (error instanceof AppUnreachable)
    return say(exitStatus.unreached, unreachableSentences[error.reason].what, unreachableSentences[error.reason].next)
  // The text of any other error may quote secret data, so it is not printed.
  return say(exitStatus.fault, 'The command failed in a way it did not expect.', null)
}

async function say(exit: number, what: string, next: string | null): Promise<number> {
  const { printError, printable } = await import('./output/output.ts')
  printError(`latchkey: ${printable(what)}\n${next === null ? '' : `${printable(next)}\n`}`)
  return exit
}
