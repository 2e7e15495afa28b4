import { app } from 'electron'
import type { UpdatesState } from '../preload/contract.ts'
import type { Chosen, Preferences } from './preferences.ts'
import { updatesBarred } from './updates/barred.ts'
import { feedOf } from './updates/feed.ts'
import { Updates } from './updates/updates.ts'
import { Refusal } from './vault/refusal.ts'

/** Put in by the build: where a release's updates are told, and the key that signs them. Both empty in every other build. */
declare const __UPDATE_FEED__: string
declare const __UPDATE_KEY__: string

/** Newer versions of this app, as this build and its person have it. It looks for none before `follow`. @param settings a file of the profile */
export function appUpdates(chosen: Chosen, settings: string, changed: (state: UpdatesState) => void): Updates {
  const feed = feedOf(__UPDATE_FEED__, __UPDATE_KEY__)
  const { platform, env } = process
  const mode = (): Preferences['updates'] => {
    try {
      return chosen.get().updates
    } catch (error) {
      if (error instanceof Refusal) return 'off'
      throw error
    }
  }
  const updates = new Updates({
    barred: updatesBarred({ packaged: app.isPackaged, version: app.getVersion(), platform, env, feed }),
    load: async () => {
      if (feed === null) throw new Refusal('update-unreachable')
      const { openUpdater } = await import('./updates/open-updater.ts') // most starts look for nothing
      return openUpdater(feed, settings)
    },
    ...{ mode, changed, clock: Date.now },
  })
  chosen.onChange(() => updates.follow())
  return updates
}
