/**
 * A line about what set-up is doing. Always on stderr: the stdout of `npm run serve` is read by programs.
 * @param {string} text
 */
export function notice(text) {
  process.stderr.write(`${text}\n`)
}
