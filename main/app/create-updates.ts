import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import * as v from 'valibot'
import type { UpdatesState } from '../../preload/contract.ts'
import { ownAppImage } from '../install/app-image.ts'
import type { PreferencesStore } from '../settings/preferences.ts'
import { updatesUnavailable } from '../updates/availability.ts'
import { feedOfBuild } from '../updates/feed.ts'
import { Updates } from '../updates/updates.ts'
import { Refusal } from '../vault/refusal.ts'

/** Fields of package.json in the archive, which the signed manifest covers. Only releases have `updates`. */
const packed = v.object({ updates: v.optional(v.string(), ''), publisher: v.optional(v.string(), '') })

export interface AppUpdatesParts {
  readonly preferences: PreferencesStore
  /** A file of the profile. */
  readonly settings: string
  readonly changed: (state: UpdatesState) => void
  /** Called with the path of the newer AppImage, because its name contains the version. */
  readonly moved: (image: string) => void
}

/** Looks for newer versions as this build allows and the preferences say. It looks for none before `follow`. */
export function createUpdates({ preferences, settings, changed, moved }: AppUpdatesParts): Updates {
  const { updates: url, publisher } = v.parse(packed, JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')))
  const feed = feedOfBuild(url, publisher)
  const { platform, env } = process
  const updates = new Updates({
    unavailable: updatesUnavailable({
      packaged: app.isPackaged,
      version: app.getVersion(),
      platform,
      env,
      image: ownAppImage(env, process.execPath),
      feed,
    }),
    load: async () => {
      if (feed === null || feed === 'misnamed') throw new Refusal('update-unreachable')
      const { openUpdater } = await import('../updates/open-updater.ts') // loaded late: most starts do not look for updates
      return openUpdater(feed, settings, moved)
    },
    ...{ mode: () => preferences.inUse().updates, changed, clock: Date.now },
  })
  preferences.onChange(() => updates.follow())
  return updates
}
