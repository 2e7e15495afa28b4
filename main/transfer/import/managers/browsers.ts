import type { Reading } from '../found.ts'
import { hostOf, readTable, type Table } from './table.ts'

const chrome: Table = {
  required: ['name', 'url', 'username', 'password'],
  title: ({ name, url }) => name || hostOf(url),
  hints: ({ username, url }) => [username, url],
  note: 'note',
}

/** Firefox keeps the keys of its own account as an entry of the address `chrome://FirefoxAccounts`. */
const firefox: Table = {
  required: ['url', 'username', 'password', 'httprealm'],
  title: ({ url }) => hostOf(url),
  hints: ({ username, url, httprealm }) => [username, url, httprealm],
  skips: ({ url = '' }) => (url.toLowerCase().startsWith('chrome://') ? 'other-kind' : null),
}

/**
 * Reads the passwords that Chrome and other Chromium browsers export as CSV. Notes are reported as skipped.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid` without its columns; `stored-limit`
 */
export function readChrome(text: string, maxValueBytes?: number): Reading {
  return readTable(text, chrome, maxValueBytes)
}

/**
 * Reads the passwords that Firefox exports as CSV, each under its host. The keys of a Firefox account are reported as skipped.
 * @param maxValueBytes bytes of a value that are taken
 * @throws Refusal `import-invalid` without its columns; `stored-limit`
 */
export function readFirefox(text: string, maxValueBytes?: number): Reading {
  return readTable(text, firefox, maxValueBytes)
}
