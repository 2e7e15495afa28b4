/** An error that the user can act on. Only its text is printed, without a stack. */
export class Failure extends Error {
  /**
   * @param {string} what what failed, one sentence
   * @param {string} [remedy] what to do about it
   * @param {number} [status] the exit status, by default 1
   */
  constructor(what, remedy = '', status = 1) {
    super(what)
    this.name = 'Failure'
    this.remedy = remedy
    this.status = status
  }
}

/**
 * The text of any thrown error, on one or two lines. The stack of a bug is printed only if LATCHKEY_DEBUG is set.
 * @param {unknown} thrown
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string}
 */
export function failureText(thrown, environment = process.env) {
  if (thrown instanceof Failure) return thrown.remedy === '' ? thrown.message : `${thrown.message}\n${thrown.remedy}`
  if (thrown instanceof Error) {
    if (environment['LATCHKEY_DEBUG']) return thrown.stack ?? thrown.message
    return `This script failed in a way it did not expect: ${thrown.message}\nSet LATCHKEY_DEBUG=1 to see where.`
  }
  return `This script failed: ${String(thrown)}`
}
