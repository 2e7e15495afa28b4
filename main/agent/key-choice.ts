import { labelIn } from '../vault/keys/find-key.ts'
import type { KeyRecord, KeyRef } from '../vault/model/key.ts'
import type { AskingRequester } from '../vault/model/requester.ts'
import { accountOf, type UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { Refusal } from '../vault/refusal.ts'

export interface KeyChoice {
  /** Asks the person which key belongs to a site. Rejects with a Refusal. */
  choose(choice: {
    readonly origin: string
    readonly requester: AskingRequester
    /** The domain whose sub-domains could be allowed too; null if they cannot be. */
    readonly domain: string | null
    /** Aborted when the connection ends. */
    readonly withdrawn: AbortSignal
    readonly keys: { accountId: string; id: string; name: string; account: string; lastFour: string | null }[]
  }): Promise<KeyRef & { readonly subdomains: boolean }>
}

/** Asks the person which of these keys belongs to a site. @throws Refusal `locked` if the vault was locked meanwhile; those of the prompt */
export async function chooseKey(
  vault: UnlockedVault,
  prompts: KeyChoice,
  keys: readonly KeyRecord[],
  choice: Omit<Parameters<KeyChoice['choose']>[0], 'keys'>,
): Promise<{ key: KeyRecord; subdomains: boolean }> {
  const chosen = await prompts.choose({ ...choice, keys: keys.map((key) => ({ ...pick(key), account: accountLabel(vault, key) })) })
  if (!vault.isOpen()) throw new Refusal('locked')
  const key = keys.find(({ accountId, id }) => accountId === chosen.accountId && id === chosen.keyId)
  if (key === undefined) throw new Refusal('key-not-found')
  return { key, subdomains: chosen.subdomains }
}

/** Truncated to what the extension accepts. The label is only shown; it identifies nothing. */
export function accountLabel(vault: UnlockedVault, { accountId }: KeyRecord): string {
  return labelIn(vault, accountOf(vault, accountId)).slice(0, 512)
}

function pick({ accountId, id, name, lastFour }: KeyRecord): Pick<KeyRecord, 'accountId' | 'id' | 'name' | 'lastFour'> {
  return { accountId, id, name, lastFour }
}
