import type { UpdatesState } from '../../preload/contract.ts'
import type { Feed } from './feed.ts'

export interface Build {
  readonly packaged: boolean
  readonly version: string
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  /** The AppImage of this app, by `ownAppImage`. */
  readonly image: string | null
  readonly feed: Feed | 'misnamed' | null
}

/**
 * Package managers update their own packages, and people replace a folder or a portable program themselves.
 * @returns why this build does not update itself; null if it does
 */
export function updatesUnavailable({ packaged, version, platform, env, image, feed }: Build): UpdatesState['unavailable'] {
  if (!packaged || version.endsWith('-dev')) return 'development'
  if (platform === 'linux' && (image === null || env['SNAP'] || env['FLATPAK_ID'])) return 'package'
  if (platform === 'win32' && env['PORTABLE_EXECUTABLE_DIR']) return 'package'
  if (feed === 'misnamed') return feed
  return feed === null ? 'unsigned' : null
}
