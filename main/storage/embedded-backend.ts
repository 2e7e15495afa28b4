import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Backend } from '../../backend/backend.ts'
import { syncFolder, writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { systemCode } from '../../shared/system-error.ts'
import type { SendRequest } from '../realm/server/exchange.ts'
import { Refusal, orStorageRefusal } from '../vault/refusal.ts'

export interface EmbeddedBackend {
  /** The id of its one app. */
  readonly appId: string
  readonly reach: SendRequest
  /** Its store as the bytes of one file; null if it never was opened. @throws Refusal `disk-full`, `profile-…` */
  readonly copy: () => Promise<Buffer | null>
  /**
   * Replaces its store by such a copy, and sets the old store aside.
   * @throws Refusal `backup-invalid` if the copy does not open, and the store is unchanged; `disk-full`, `profile-…`
   */
  readonly replace: (copy: Uint8Array) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * The backend in this process: a function call, with no port. It is loaded and opened at the first request. An opening that failed is
 * retried at the next request.
 */
export function embeddedBackend(dataDir: string): EmbeddedBackend {
  const appId = 'latchkey'
  let opening: Promise<Backend> | null = null
  const open = async (): Promise<Backend> => {
    const { openBackend } = await import('../../backend/backend.ts')
    return openBackend({ dataDir, appId, signingKeys: 'memory' })
  }
  const backend = async (): Promise<Backend> => {
    try {
      return await (opening ??= open())
    } catch (error) {
      opening = null
      throw refusalOf(error)
    }
  }
  const close = async (): Promise<void> => {
    const [opened] = await Promise.allSettled([opening])
    if (opened.status === 'fulfilled') await opened.value?.close()
  }
  return {
    appId,
    reach: async (url, init) => (await backend()).fetch(new Request(url, init)),
    copy: async () => {
      if (!existsSync(join(dataDir, storeFile))) return null
      const opened = await backend()
      try {
        return await opened.copy()
      } catch (error) {
        throw refusalOf(error)
      }
    },
    replace: async (copy) => {
      const beside = await unpacked(dataDir, copy, appId)
      await close()
      opening = null
      exchange(beside, dataDir)
    },
    close,
  }
}

/** The backend's own name for its file. */
const storeFile = 'backend.sqlite'

/** Writes the copy into a folder beside the data folder, and opens it once to check it. @returns that folder */
async function unpacked(dataDir: string, copy: Uint8Array, appId: string): Promise<string> {
  const beside = `${dataDir}.restored`
  orStorageRefusal(() => {
    rmSync(beside, { recursive: true, force: true })
    mkdirSync(beside, { mode: 0o700 })
    writeFileAtomic(join(beside, storeFile), copy)
  })
  try {
    const { openBackend } = await import('../../backend/backend.ts')
    await (await openBackend({ dataDir: beside, appId, signingKeys: 'memory' })).close()
    return beside
  } catch {
    rmSync(beside, { recursive: true, force: true })
    throw new Refusal('backup-invalid')
  }
}

/** Puts the new folder in place. The old one is kept under a name that says so. */
function exchange(beside: string, dataDir: string): void {
  orStorageRefusal(() => {
    if (existsSync(dataDir)) renameSync(dataDir, `${dataDir}.set-aside-${new Date().toISOString().replace(/[-:]|\..*/g, '')}`)
    renameSync(beside, dataDir)
    syncFolder(dirname(dataDir))
  })
}

/** Only the code is passed on, because the backend's messages contain paths. */
function refusalOf(error: unknown): Refusal {
  const code = systemCode(error)
  if (code === 'store-newer') return new Refusal('profile-newer')
  if (code === 'disk-full') return new Refusal('disk-full')
  return new Refusal(code === 'store-unreadable' ? 'profile-corrupt' : 'profile-unusable')
}
