/**
 * Prints a line about the progress of set-up. Always to stderr: the stdout of `npm run serve` is read by programs.
 * @param {string} text
 */
export function notice(text) {
  process.stderr.write(`${text}\n`)
}
