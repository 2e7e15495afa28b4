import { rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * electron-builder calls this when Electron's own files are in place. The development runtime brings a launcher where a packaged app
 * has none: Electron would look at it before the app.
 * @param {{ appOutDir: string }} context
 */
export default function afterExtract({ appOutDir }) {
  rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true })
}
