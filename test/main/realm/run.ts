/** A run of its own, in a process of its own: told by one message what to do, it answers with one and ends. */
import { SdkKeyServers } from '../../../main/realm/key-servers.ts'
import type { KeyServer } from '../../../main/vault/ports.ts'
import { codeOf } from '../../../main/vault/refusal.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { MemoryKeychain } from '../twins/keychain.ts'

export interface Order {
  readonly folder: string
  readonly id: string
  readonly url: string
  /** What the keychain holds at the start of the run; null for nothing. */
  readonly token: string | null
  readonly calls: readonly ('signIn' | 'fetchAll' | 'link' | 'deleteUser' | 'signOut')[]
}
export interface Outcome {
  /** `ok` or the code of the refusal, a call. */
  readonly outcomes: readonly string[]
  /** What the keychain holds at the end. */
  readonly token: string | null
}

const password = new Secret('correct horse battery')
const does: Record<Order['calls'][number], (keys: KeyServer) => Promise<unknown>> = {
  signIn: (keys) => keys.signIn({ method: 'email', email: 'ada@example.test', password }),
  fetchAll: (keys) => keys.fetchAll(),
  link: (keys) => keys.link('ada@example.test', password),
  deleteUser: (keys) => keys.deleteUser(),
  signOut: (keys) => keys.signOut(),
}

async function run({ folder, id, url, token, calls }: Order): Promise<Outcome> {
  const keychain = new MemoryKeychain()
  if (token !== null) keychain.items.set(`session/${id}`, token)
  const servers = new SdkKeyServers({ folder, keychain, network: fetch, embedded: { appId: 'x', reach: fetch } })
  const keys = servers.of({ id, server: { url, appId: 'app-1' } })
  const outcomes: string[] = []
  for (const call of calls) outcomes.push(await does[call](keys).then(() => 'ok', codeOf))
  return { outcomes, token: keychain.items.get(`session/${id}`) ?? null }
}

process.once('message', (order: Order) => {
  // Whoever used the SDK does not end by itself.
  void run(order).then((outcome) => process.send?.(outcome, () => process.exit(0)))
})
