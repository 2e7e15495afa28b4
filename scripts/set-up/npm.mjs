import { existsSync } from 'node:fs'
import { lastLines } from '../process/last-lines.mjs'

/**
 * How to run npm: the very npm that runs this script where there is one, as its PATH may hold another.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {[string, ...string[]]}
 */
export function npmCommand(environment = process.env) {
  const running = environment['npm_execpath']
  if (running?.endsWith('.js') && existsSync(running)) return [process.execPath, running]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm']
}

/**
 * npm's own variables without those of the script we run in, which would make the child npm work on that script.
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnvironment() {
  const foreign = /^npm_(command|lifecycle_.*|package_.*)$/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

/**
 * The first of npm's error lines: the cause. What follows is advice on its own options.
 * @param {string} text what npm wrote
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
