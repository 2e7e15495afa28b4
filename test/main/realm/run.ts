/** A run of its own, in a process of its own: told by one message what to do, it answers with one and ends. */
import { join } from 'node:path'
import { openBackend } from '../../../backend/backend.ts'
import type { Reach } from '../../../main/realm/exchange.ts'
import { SdkKeyServers } from '../../../main/realm/key-servers.ts'
import { codeOf } from '../../../main/vault/refusal.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { MemoryKeychain } from '../twins/keychain.ts'

export interface Order {
  readonly folder: string
  readonly id: string
  /** Where the server is; null for the embedded backend, which keeps its data in the folder too. */
  readonly url: string | null
  /** What the keychain holds at the start of the run; null for nothing. */
  readonly token: string | null
  /** The key's value that `tryValue` tries, unless the run creates a key. */
  readonly value?: string
  /** `retain` names this account, as each opening of the vault does. */
  readonly calls: readonly ('register' | 'signIn' | 'create' | 'fetchAll' | 'link' | 'deleteUser' | 'signOut' | 'tryValue' | 'retain')[]
}
export interface Outcome {
  /** `ok` or the code of the refusal, a call. */
  readonly outcomes: readonly string[]
  /** What the keychain holds at the end. */
  readonly token: string | null
  /** What the key that was created is, and what each value that was tried told. */
  readonly created: { readonly id: string; readonly value: string } | null
  readonly told: readonly { readonly userId: string; readonly keyId: string | null }[]
}

const password = new Secret('correct horse battery')
const email = 'ada@example.test'

async function run({ folder, id, url, token, value = '', calls }: Order): Promise<Outcome> {
  const keychain = new MemoryKeychain()
  if (token !== null) keychain.items.set(`session/${id}`, token)
  const account = { id, server: url === null ? null : { url, appId: 'app-1' } }
  const backend = url === null ? await openBackend({ dataDir: join(folder, 'backend'), appId: 'app-1' }) : null
  const reach: Reach = backend === null ? fetch : (asked, init) => backend.fetch(new Request(asked, init))
  const servers = new SdkKeyServers({ folder, keychain, network: fetch, embedded: { appId: 'app-1', reach } })
  const keys = servers.of(account)
  let created: { id: string; value: string } | null = null
  const told: { userId: string; keyId: string | null }[] = []
  const does: Record<Order['calls'][number], () => Promise<unknown>> = {
    register: () => keys.register(email, password),
    signIn: () => keys.signIn({ method: 'email', email, password }),
    create: async () => {
      const made = await keys.create('ci')
      created = { id: made.key.id, value: made.value.expose() }
    },
    fetchAll: () => keys.fetchAll(),
    link: () => keys.link(email, password),
    deleteUser: () => keys.deleteUser(),
    signOut: () => keys.signOut(),
    tryValue: async () => told.push(await servers.tryValue(account, new Secret(created?.value ?? value))),
    retain: async () => servers.retain([id]),
  }
  const outcomes: string[] = []
  for (const call of calls) outcomes.push(await does[call]().then(() => 'ok', codeOf))
  await backend?.close()
  return { outcomes, token: keychain.items.get(`session/${id}`) ?? null, created, told }
}

process.once('message', (order: Order) => {
  // Whoever used the SDK does not end by itself.
  void run(order).then((outcome) => process.send?.(outcome, () => process.exit(0)))
})
