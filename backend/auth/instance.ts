import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { newObjectId } from '../identifiers.ts'
import type { OpenStore } from '../store/database.ts'
import { newSigner, type Signer } from './jwt.ts'

/** What makes this server itself: its domain id, made once, and its signing key. */
export interface Instance {
  readonly domainId: string
  readonly signer: Signer
}

/** Reads the instance from the store, made at the first opening. */
export async function loadInstance(database: OpenStore, now: Date): Promise<Instance> {
  const row = await database.write(async (write) => {
    const known = await write.selectFrom('instance').selectAll().executeTakeFirst()
    if (known !== undefined) return known
    const { privateKey } = generateKeyPairSync('ed25519')
    const made = {
      id: 1,
      domain_id: newObjectId(now),
      signing_key: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      created_at: now.getTime(),
    }
    await write.insertInto('instance').values(made).execute()
    return made
  })
  const privateKey = createPrivateKey({ key: Buffer.from(row.signing_key, 'base64'), type: 'pkcs8', format: 'der' })
  return { domainId: row.domain_id, signer: newSigner(privateKey) }
}

/** The id of a provider in this domain. Clients only want it to be there and to stay the same: 24 hex digits. */
export function providerId(domainId: string, provider: string): string {
  return createHash('sha256').update(`${domainId}:${provider}`).digest('hex').slice(0, 24)
}
