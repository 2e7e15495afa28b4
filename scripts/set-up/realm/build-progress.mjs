/**
 * Turns ninja's lines (`[n/total] …`) into a progress display: one line that is rewritten on a terminal, otherwise a line every ten
 * percent, each with the remaining time.
 * @param {{ terminal: boolean, write: (text: string) => void, now: () => number }} screen `now` in milliseconds
 * @returns {(line: string) => void}
 */
export function buildProgress({ terminal, write, now }) {
  const started = now()
  /** @type {number | undefined} */
  let first
  let lastPrinted = -1
  return (line) => {
    const [, done, total] = /^\[(\d+)\/(\d+)\]/.exec(line) ?? []
    if (done === undefined || total === undefined) return
    const n = Number(done)
    const all = Number(total)
    first ??= n - 1
    const left = remaining(n - first, all - n, now() - started)
    if (terminal) {
      write(`\r  [${n}/${all}]${left}\u001b[K${n === all ? '\n' : ''}`)
      return
    }
    const tenth = Math.floor((n * 10) / all)
    if (tenth === lastPrinted) return
    lastPrinted = tenth
    write(`  [${n}/${all}]${left}\n`)
  }
}

/**
 * @param {number} done steps done in `elapsed` milliseconds
 * @param {number} left steps still to do
 * @param {number} elapsed
 * @returns {string} empty while there is not enough data for an estimate
 */
export function remaining(done, left, elapsed) {
  if (done < 5 || left === 0) return ''
  const minutes = ((elapsed / done) * left) / 60_000
  return minutes < 1 ? ' less than a minute left' : ` about ${Math.round(minutes)} min left`
}

/**
 * The expected duration of the whole build: some thirteen minutes on one core.
 * @param {number} cores
 * @returns {string}
 */
export function buildEstimate(cores) {
  return `about ${Math.max(1, Math.ceil(13 / cores))} min on ${cores} core${cores === 1 ? '' : 's'}`
}
