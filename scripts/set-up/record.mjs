import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * What a finished step left behind. A record that is absent, torn or of another shape counts as not there: the step
 * is then done again, which is always safe.
 * @param {string} path
 * @returns {Record<string, string>}
 */
export function readRecord(path) {
  let text
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return {}
  }
  try {
    const record = JSON.parse(text)
    if (typeof record !== 'object' || record === null || Array.isArray(record)) return {}
    return Object.values(record).every((value) => typeof value === 'string') ? record : {}
  } catch {
    return {}
  }
}

/**
 * Written beside and renamed, so that an interruption leaves the old record or the new one, never half of one.
 * @param {string} path
 * @param {Record<string, string>} record
 */
export function writeRecord(path, record) {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(record)}\n`)
  renameSync(draft, path)
}
