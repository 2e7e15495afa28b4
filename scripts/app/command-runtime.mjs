import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { capture } from '../process/child.mjs'
import { Failure } from '../process/failure.mjs'

/**
 * What Node looks for in the environment and among the arguments before it starts a program, be it one that is built into it. `latchkey
 * run --env-file FILE` is for us to read: Node would read it too, less strictly, and obey a NODE_OPTIONS in it. What that or the
 * environment names would run in the process that holds the values.
 */
const taken = ['NODE_OPTIONS', '--env-file', '--env-file-if-exists']

/**
 * How Node on Linux and x64 looks, at its start, at what is done on a signal: `testb $4, flags; jne; cmpq $1, handler; je`, where 1 is "it is
 * ignored", which it then undoes. Compared with 2, which is never found there, it leaves it: `nohup` and a shell's `&` ask for it.
 */
const undoesIgnoring = /\xf6\x45.\x04\x75.\x48\x83\xbd.{4}\x01\x74/gs

/**
 * Copies Node's executable, with these names made ones that nobody can type, and with the signals left ignored that are. Node has no
 * other way of switching either off. A Node that is compiled in another way goes on to undo the latter.
 * @param {string} node
 * @param {string} executable
 */
export function copyRuntime(node, executable) {
  const bytes = readFileSync(node)
  for (const name of taken) {
    const constant = Buffer.from(`\0${name}\0`, 'latin1')
    // The third character: an option is still told from an argument by its dashes.
    for (let at = bytes.indexOf(constant); at >= 0; at = bytes.indexOf(constant, at)) bytes[at + 3] = 1
  }
  const places = [...bytes.toString('latin1').matchAll(undoesIgnoring)]
  const [place] = places
  if (place !== undefined && places.length === 1) bytes[place.index + place[0].length - 2] = 2
  writeFileSync(executable, bytes)
  chmodSync(executable, 0o755)
}

/**
 * Another Node may be compiled in another way: what counts is what the finished executable does.
 * @param {string} executable
 */
export async function checkRuntime(executable) {
  const args = ['--version', '--env-file', 'no-such-file', '--env-file=no-such-file', '--env-file-if-exists', 'no-such-file']
  const { status, stdout } = await capture(executable, args, { env: { ...process.env, NODE_OPTIONS: '--no-such-option' } })
  if (status === 0 && stdout.startsWith('latchkey ')) return
  throw new Failure(
    `The command would take orders that are for Node ${process.version} (status ${status}).`,
    'Build it with another Node: 20.20 does.',
  )
}
