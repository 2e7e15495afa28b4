import { rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * electron-builder calls this when Electron's own files are in place. The development runtime contains a launcher at a place that Electron
 * checks before the app, so it is removed.
 * @param {{ appOutDir: string }} context
 */
export default function afterExtract({ appOutDir }) {
  rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true })
}
