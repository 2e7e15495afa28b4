import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'

/** A new folder, which is removed when the test has ended. Call it in a test or in `beforeEach`. */
export function temporaryFolder(prefix = 'latchkey-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  onTestFinished(() => remove(folder))
  return folder
}

/** A new folder for all tests of a suite or file, which is removed after the last one. Call it where they are described, before other hooks. */
export function sharedFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  afterAll(() => remove(folder))
  return folder
}

/** Tries again for a while: a process that is just ending may still write there. */
function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
}
