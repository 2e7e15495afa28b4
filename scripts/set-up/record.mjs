import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * The record of a finished step. A record that is absent, truncated or of another shape counts as absent: the step is then repeated, which
 * is always safe.
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
 * Written to a temporary file and renamed, so that an interruption leaves either the old record or the new one.
 * @param {string} path
 * @param {Record<string, string>} record
 */
export function writeRecord(path, record) {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify(record)}\n`)
  renameSync(draft, path)
}
