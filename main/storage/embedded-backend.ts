import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Backend } from '../../backend/backend.ts'
import { syncFolder, writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { systemCode } from '../../shared/system-error.ts'
import type { SendRequest } from '../realm/server/exchange.ts'
import { Refusal, storageRefusal } from '../vault/refusal.ts'

export interface EmbeddedBackend {
  /** The id of its one app. */
  readonly appId: string
  readonly reach: SendRequest
  /** What it has on disk, as one file's bytes; null if it never was opened. @throws Refusal `disk-full`, `profile-…` */
  readonly copy: () => Promise<Buffer | null>
  /**
   * Takes such a copy in place of what it has, which is set aside beside it.
   * @throws Refusal `backup-invalid` if it does not open: then all is as it was; `disk-full`, `profile-…`
   */
  readonly replace: (copy: Uint8Array) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * The backend in this process: a function call and no port. Loaded and opened at the first request, which a start without
 * one never makes; an opening that failed is tried again at the next.
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

/** As the backend names it. */
const storeFile = 'backend.sqlite'

/** @returns a folder beside the data folder, with the copy in it, which was opened and closed once */
async function unpacked(dataDir: string, copy: Uint8Array, appId: string): Promise<string> {
  const beside = `${dataDir}.restored`
  try {
    rmSync(beside, { recursive: true, force: true })
    mkdirSync(beside, { mode: 0o700 })
    writeFileAtomic(join(beside, storeFile), copy)
  } catch (error) {
    throw storageRefusal(error)
  }
  try {
    const { openBackend } = await import('../../backend/backend.ts')
    await (await openBackend({ dataDir: beside, appId, signingKeys: 'memory' })).close()
    return beside
  } catch {
    rmSync(beside, { recursive: true, force: true })
    throw new Refusal('backup-invalid')
  }
}

/** What was there stays, under a name that says so. */
function exchange(beside: string, dataDir: string): void {
  try {
    if (existsSync(dataDir)) renameSync(dataDir, `${dataDir}.set-aside-${new Date().toISOString().replace(/[-:]|\..*/g, '')}`)
    renameSync(beside, dataDir)
    syncFolder(dirname(dataDir))
  } catch (error) {
    throw storageRefusal(error)
  }
}

/** The backend's own words hold paths. Its store is left as it is. */
function refusalOf(error: unknown): Refusal {
  const code = systemCode(error)
  if (code === 'store-newer') return new Refusal('profile-newer')
  if (code === 'disk-full') return new Refusal('disk-full')
  return new Refusal(code === 'store-unreadable' ? 'profile-corrupt' : 'profile-unusable')
}
