import { createHash } from 'node:crypto'
import { newObjectId } from '../identifiers.ts'
import type { OpenStore } from '../store/database.ts'
import type { SigningKeys } from './signing-keys.ts'

/** The identity of this server: its domain id, which is created once, its public URL, and its signing keys. */
export interface Instance {
  readonly domainId: string
  /** The public URL, which is the issuer of access tokens. Null: nobody has told it to the server. */
  readonly issuer: string | null
  readonly signer: SigningKeys
}

/** Reads the domain id from the store. It is created at the first opening. */
export async function loadInstance(
  database: OpenStore,
  { signer, issuer }: Pick<Instance, 'signer' | 'issuer'>,
  now: Date,
): Promise<Instance> {
  const row = await database.write(async (write) => {
    const known = await write.selectFrom('instance').selectAll().executeTakeFirst()
    if (known !== undefined) return known
    const made = { id: 1, domain_id: newObjectId(now), created_at: now.getTime() }
    await write.insertInto('instance').values(made).execute()
    return made
  })
  return { domainId: row.domain_id, issuer, signer }
}

/** The id of a provider in this domain: 24 hex digits. Clients only require that it exists and never changes. */
export function providerId(domainId: string, provider: string): string {
  return createHash('sha256').update(`${domainId}:${provider}`).digest('hex').slice(0, 24)
}
