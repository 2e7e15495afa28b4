import { failureText, Failure } from './failure.mjs'

/**
 * Runs a script's body and ends the process with the status it returns. A failure is printed to stderr.
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
    console.error(`\n${failureText(thrown)}`)
    process.exitCode = thrown instanceof Failure ? thrown.status : 1
  }
}

/**
 * Ends this process as by SIGTERM if its parent has ended. A signal to npm kills the shell between npm and the script, and most shells do
 * not pass it on: without this check, an aborted `npm test` would go on in the background.
 */
function endWithParent() {
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    // Only once: a second signal would end this process during its cleanup.
    clearInterval(look)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  look.unref()
}
