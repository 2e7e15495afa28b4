import type { Backend } from '../backend/backend.ts'
import type { Reach } from './realm/exchange.ts'
import { Refusal } from './vault/refusal.ts'

export interface EmbeddedBackend {
  /** The id of its one app. */
  readonly appId: string
  readonly reach: Reach
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
    const { openBackend } = await import('../backend/backend.ts')
    return openBackend({ dataDir, appId })
  }
  const backend = async (): Promise<Backend> => {
    try {
      return await (opening ??= open())
    } catch (error) {
      opening = null
      throw refusalOf(error)
    }
  }
  return {
    appId,
    reach: async (url, init) => (await backend()).fetch(new Request(url, init)),
    close: async () => {
      const [opened] = await Promise.allSettled([opening])
      if (opened.status === 'fulfilled') await opened.value?.close()
    },
  }
}

/** The backend's own words hold paths. Its store is left as it is. */
function refusalOf(error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'store-newer') return new Refusal('profile-newer')
  return new Refusal(code === 'store-unreadable' ? 'profile-corrupt' : 'profile-unusable')
}
