import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import * as v from 'valibot'
import type { UpdatesState } from '../../preload/contract.ts'
import { ownAppImage } from '../install/app-image.ts'
import type { Chosen } from '../settings/preferences.ts'
import { updatesBarred } from '../updates/barred.ts'
import { packedFeed } from '../updates/feed.ts'
import { Updates } from '../updates/updates.ts'
import { Refusal } from '../vault/refusal.ts'

/** What a release is packed with, in the archive that is checked as a whole; other builds lack `updates`. */
const packed = v.object({ updates: v.optional(v.string(), ''), publisher: v.optional(v.string(), '') })

export interface AppUpdatesParts {
  readonly chosen: Chosen
  /** A file of the profile. */
  readonly settings: string
  readonly changed: (state: UpdatesState) => void
  /** Told where the newer AppImage is, whose name has its version in it. */
  readonly moved: (image: string) => void
}

/** Newer versions of this app, as this build and its person have it. It looks for none before `follow`. */
export function createUpdates({ chosen, settings, changed, moved }: AppUpdatesParts): Updates {
  const { updates: url, publisher } = v.parse(packed, JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')))
  const feed = packedFeed(url, publisher)
  const { platform, env } = process
  const updates = new Updates({
    barred: updatesBarred({
      packaged: app.isPackaged,
      version: app.getVersion(),
      platform,
      env,
      image: ownAppImage(env, process.execPath),
      feed,
    }),
    load: async () => {
      if (feed === null || feed === 'misnamed') throw new Refusal('update-unreachable')
      const { openUpdater } = await import('../updates/open-updater.ts') // most starts look for nothing
      return openUpdater(feed, settings, moved)
    },
    ...{ mode: () => chosen.inUse().updates, changed, clock: Date.now },
  })
  chosen.onChange(() => updates.follow())
  return updates
}
