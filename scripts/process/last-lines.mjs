/**
 * The end of a program's output, where most programs say why they failed.
 * @param {string} text
 * @param {number} [count]
 * @returns {string}
 */
export function lastLines(text, count = 15) {
  return text.trim().split(/\r?\n/).slice(-count).join('\n')
}
