import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { capture } from '../process/child.mjs'
import { Failure } from '../process/failure.mjs'

/**
 * What Node reads from the environment and the arguments before it starts a program, even an embedded one. `latchkey run --env-file FILE`
 * is an option of ours: Node would read the file too, less strictly, and obey a NODE_OPTIONS in it. Code that it or the environment names
 * would run in the process that holds the values.
 */
const removedNames = ['NODE_OPTIONS', '--env-file', '--env-file-if-exists']

/**
 * How Node on Linux x64 checks at its start whether a signal is ignored: `testb $4, flags; jne; cmpq $1, handler; je`, where 1 means
 * SIG_IGN, which it then resets to the default. Comparing with 2, which never occurs, leaves it ignored, as `nohup` and a shell's `&` ask
 * for.
 */
const undoesIgnoring = /\xf6\x45.\x04\x75.\x48\x83\xbd.{4}\x01\x74/gs

/**
 * Copies Node's executable. The names above are changed to ones that cannot be typed, and ignored signals stay ignored. Node offers no
 * other way of switching either off. In a Node that is compiled differently the signals are still reset.
 * @param {string} node
 * @param {string} executable
 */
export function copyRuntime(node, executable) {
  const bytes = readFileSync(node)
  for (const name of removedNames) {
    const constant = Buffer.from(`\0${name}\0`, 'latin1')
    // The third character, so that an option still begins with dashes.
    for (let at = bytes.indexOf(constant); at >= 0; at = bytes.indexOf(constant, at)) bytes[at + 3] = 1
  }
  const places = [...bytes.toString('latin1').matchAll(undoesIgnoring)]
  const [place] = places
  if (place !== undefined && places.length === 1) bytes[place.index + place[0].length - 2] = 2
  writeFileSync(executable, bytes)
  chmodSync(executable, 0o755)
}

/**
 * Another Node may be compiled differently, so the finished executable is tested.
 * @param {string} executable
 */
export async function checkRuntime(executable) {
  const args = ['--version', '--env-file', 'no-such-file', '--env-file=no-such-file', '--env-file-if-exists', 'no-such-file']
  const { status, stdout } = await capture(executable, args, { env: { ...process.env, NODE_OPTIONS: '--no-such-option' } })
  if (status === 0 && stdout.startsWith('latchkey ')) return
  throw new Failure(
    `The command, made of Node ${process.version}, still obeys Node’s own switches and variables (status ${status}).`,
    'Build it with another Node, for example 20.20.',
  )
}
