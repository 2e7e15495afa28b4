import * as v from 'valibot'
import { chromiumId, firefoxId, hostName } from '../../clients/shared/protocol/extension-ids.ts'
import type { BrowserHome } from './browser-homes.ts'

/** The file name of the manifest. */
export const manifestName = `${hostName}.json`

const description = 'Latchkey fills the API keys that you chose into the sites that you chose.'
const common = { name: v.literal(hostName), description: v.string(), path: v.string(), type: v.literal('stdio') }
const ours = v.union([
  v.strictObject({ ...common, allowed_origins: v.strictTuple([v.literal(`chrome-extension://${chromiumId}/`)]) }),
  v.strictObject({ ...common, allowed_extensions: v.strictTuple([v.literal(firefoxId)]) }),
])

/**
 * The manifest by which a browser finds the native messaging host. Only our own extension may connect to it.
 * @param host the absolute path of the `latchkey` executable
 */
export function manifestFor(kind: BrowserHome['kind'], host: string): string {
  const allowed = kind === 'firefox' ? { allowed_extensions: [firefoxId] } : { allowed_origins: [`chrome-extension://${chromiumId}/`] }
  return `${JSON.stringify({ name: hostName, description, path: host, type: 'stdio', ...allowed }, null, 2)}\n`
}

/** Whether this app wrote the manifest, possibly when it was installed elsewhere. Other files under our name are left alone. */
export function isOurManifest(text: string): boolean {
  return v.is(v.pipe(v.string(), v.parseJson(), ours), text)
}
