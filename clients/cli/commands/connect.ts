import { readArguments } from '../arguments.ts'
import { GitConnection } from '../git/git-connection.ts'
import { exitStatus } from '../output/exit-status.ts'
import { usage } from '../output/fault.ts'
import { print, printable } from '../output/output.ts'

export const connectOptions = { list: { type: 'boolean' } } as const

/** Sets a tool up to ask Latchkey for logins, and says what was written where. */
export async function connect(args: string[]): Promise<number> {
  const { values } = readArguments(args, connectOptions, args.includes('--list') ? [] : ['TOOL'])
  if (values.list === true) {
    print(`git  ${git().isConnected ? 'connected' : 'not connected'}\n`)
    return exitStatus.fine
  }
  const connection = toolIn(args)
  const others = connection.otherHelpers.map(printable)
  connection.connect()
  print(`git asks Latchkey for logins from now on. Your git configuration includes ${printable(connection.file)}\n`)
  if (others.length > 0) print(`These are not asked meanwhile, because git would give them the values: ${others.join(', ')}\n`)
  print('latchkey disconnect git takes it back.\n')
  return exitStatus.fine
}

/** Takes back what `connect` wrote. */
export async function disconnect(args: string[]): Promise<number> {
  readArguments(args, {}, ['TOOL'])
  const connection = toolIn(args)
  const wasConnected = connection.isConnected
  connection.disconnect()
  print(wasConnected ? 'git does not ask Latchkey any more.\n' : 'git was not connected.\n')
  return exitStatus.fine
}

/** @throws Fault for any other tool */
function toolIn(args: readonly string[]): GitConnection {
  const tool = args.find((word) => !word.startsWith('-')) ?? ''
  if (tool !== 'git') throw usage(`Latchkey connects no ${printable(tool)}.`, 'It connects git.')
  return git()
}

function git(): GitConnection {
  return new GitConnection(process.env, process.execPath)
}
