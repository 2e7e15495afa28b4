import type { ExportedKey } from '../../vault/backup/export-values.ts'

type ExposedKey = Omit<ExportedKey, 'value'> & { readonly value: string }

/**
 * Formats an export as FIDO's Credential Exchange Format, version 1.0: an item with one API key for each key.
 * @param at milliseconds since 1970
 */
export function cxfText(keys: readonly ExposedKey[], at: number): string {
  const accounts = [...new Set(keys.map(({ account }) => account))].map((label, index) => ({
    id: Buffer.of(index).toString('base64url'),
    username: label,
    email: '',
    collections: [],
    items: keys
      .filter(({ account }) => account === label)
      .map(({ id, name, value }) => ({
        id: Buffer.from(id, 'hex').toString('base64url'),
        title: name,
        credentials: [{ type: 'api-key', key: { fieldType: 'concealed-string', value } }],
      })),
  }))
  const header = {
    version: { major: 1, minor: 0 },
    exporterRpId: 'latchkey.dev',
    exporterDisplayName: 'Latchkey',
    timestamp: Math.floor(at / 1000),
    accounts,
  }
  return `${JSON.stringify(header, null, 2)}\n`
}
