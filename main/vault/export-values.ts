import { labelIn } from './find-key.ts'
import { note } from './journal.ts'
import { present } from './listing.ts'
import { accountOf, type Opened } from './opened.ts'
import { releaseAll } from './release.ts'
import type { Secret } from './secret.ts'

export interface ExportedKey {
  readonly account: string
  readonly name: string
  readonly id: string
  readonly enabled: boolean
  readonly value: Secret
}

/** The keys whose values an export of these accounts would have, and how many it could not. */
export function exportable(opened: Opened, accountIds: readonly string[]): { keys: { accountId: string; keyId: string }[]; without: number } {
  const all = accountIds.flatMap((id) => present(opened, id))
  const held = all.filter(({ value }) => value === 'here' || value === 'sealed')
  return { keys: held.map(({ accountId, id }) => ({ accountId, keyId: id })), without: all.length - held.length }
}

/**
 * The values of accounts for a file in clear: each is journaled as exported before it is given. All or none.
 * @param to the kind of file, for the journal
 * @throws Refusal those of `release`
 */
export async function exportValues(opened: Opened, accountIds: readonly string[], to: string): Promise<ExportedKey[]> {
  const { keys } = exportable(opened, accountIds)
  const values = await releaseAll(opened, keys, { purpose: 'export' })
  opened.cache.commit(note(opened, 'exported', { detail: `${keys.length} ${to}` }))
  return keys.flatMap(({ accountId, keyId }, index) => {
    const [record, value] = [present(opened, accountId).find(({ id }) => id === keyId), values[index]]
    if (record === undefined || value === undefined) return []
    const { id, name, enabled } = record
    return [{ account: labelIn(opened, accountOf(opened, accountId)), name, id, enabled, value }]
  })
}
