/**
 * The end of what a program wrote, where most of them say why they failed.
 * @param {string} text
 * @param {number} [count]
 * @returns {string}
 */
export function lastLines(text, count = 15) {
  return text.trim().split(/\r?\n/).slice(-count).join('\n')
}
