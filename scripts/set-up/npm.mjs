import { existsSync } from 'node:fs'
import { lastLines } from '../process/last-lines.mjs'

/**
 * How to run npm: the same npm that runs this script, if there is one, because PATH may have another.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {[string, ...string[]]}
 */
export function npmCommand(environment = process.env) {
  const running = environment['npm_execpath']
  if (running?.endsWith('.js') && existsSync(running)) return [process.execPath, running]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm']
}

/**
 * npm's own variables without those of the running script, which would make the child npm work on that script.
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnvironment() {
  const foreign = /^npm_(command|lifecycle_.*|package_.*)$/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

/**
 * The first of npm's error lines, which has the cause. The rest is advice about npm's options.
 * @param {string} text npm's output
 * @returns {string}
 */
export function npmErrors(text) {
  const errors = text
    .split(/\r?\n/)
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter((line) => line !== '')
  return errors.length === 0 ? lastLines(text) : errors.slice(0, 8).join('\n')
}
