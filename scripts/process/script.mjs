import { describe, Failure } from './failure.mjs'

/**
 * Runs a script's body and ends the process with the status it returns; a failure is told on stderr.
 * @param {string} help printed for `--help` or `-h` as the first argument
 * @param {(args: string[]) => Promise<number>} body
 * @returns {Promise<void>}
 */
export async function script(help, body) {
  const args = process.argv.slice(2)
  if (args[0] === '--help' || args[0] === '-h') {
    console.log(help)
    return
  }
  if (process.env['npm_lifecycle_event'] !== undefined) endWithParent()
  try {
    process.exitCode = await body(args)
  } catch (thrown) {
    console.error(`\n${describe(thrown)}`)
    process.exitCode = thrown instanceof Failure ? thrown.status : 1
  }
}

/**
 * Ends this process, as SIGTERM would, when its parent is gone. A signal to npm kills the shell between npm and the
 * script, and most shells do not pass it on: without this an ended `npm test` would go on unseen.
 */
function endWithParent() {
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    // Once: a second signal would end this process in the middle of its cleaning up.
    clearInterval(look)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  look.unref()
}
