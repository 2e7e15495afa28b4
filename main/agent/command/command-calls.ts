import type { KeyReference, ListedKey } from '../../../clients/shared/protocol/command.ts'
import type { Clipboard } from '../../outlets/clipboard.ts'
import type { Account } from '../../vault/model/account.ts'
import type { Diagnosis } from '../../vault/keychain/examine-keychain.ts'
import { findKey, keyFinder, labelIn } from '../../vault/keys/find-key.ts'
import type { KeyRef, KeyRecord } from '../../vault/model/key.ts'
import { presentKeys } from '../../vault/keys/list-keys.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import { release, releaseAll, type ReleaseRequest } from '../../vault/release/release.ts'
import { summaryOf } from '../../vault/model/key-summary.ts'
import { accountOf } from '../../vault/session/unlocked-vault.ts'
import { Refusal } from '../../vault/refusal.ts'
import { Secret } from '../../vault/secret.ts'
import type { StoreRequest } from '../../vault/ports/approver.ts'
import { storeValue } from '../../vault/stored-values/store-value.ts'
import type { Vault } from '../../vault/session/vault.ts'
import type { KeyChoice } from '../key-choice.ts'
import { loginValue } from './login-value.ts'
import type { CommandHandlers } from './command-session.ts'

export interface CommandParts {
  readonly version: string
  readonly vault: Vault
  readonly clipboard: Pick<Clipboard, 'copyTemporarily'>
  /** Resolves when no opening of the vault is in progress: a command that started the app has to find the vault open. */
  settled(): Promise<void>
  showPalette(): void
  readonly prompts: KeyChoice
  /** The longest value that the keychain in use takes, in bytes. */
  maxValueBytes(): number
  examine(): Promise<Diagnosis>
}

/** One handler for each call. Every program of this user can list names; values pass the release gate. */
export function commandCalls({
  version,
  vault,
  clipboard,
  settled,
  maxValueBytes,
  showPalette,
  prompts,
  examine,
}: CommandParts): CommandHandlers {
  const opened = async (): Promise<UnlockedVault> => {
    await settled()
    return vault.opened
  }
  const values = async (references: readonly KeyReference[], want: ReleaseRequest): Promise<string[]> => {
    const open = await opened()
    const find = keyFinder(open)
    const keys = references.map((reference) => nameOf(find(reference)))
    return (await releaseAll(open, keys, want)).map((value) => value.expose())
  }
  let look: Promise<Diagnosis> | null = null
  return {
    status: async () => {
      await settled()
      return { version, ...statusOf(vault) }
    },
    list: async () => ({ keys: listed(await opened()) }),
    get: async ({ reference }, requester, withdrawn) => {
      const [value = ''] = await values([reference], { purpose: 'get', requester, withdrawn })
      return { value }
    },
    run: async ({ references, command }, requester, withdrawn) => ({
      values: await values(references, { purpose: 'run', requester, detail: command, withdrawn }),
    }),
    inject: async ({ references, file }, requester, withdrawn) => ({
      values: await values(references, { purpose: 'inject', requester, detail: file, withdrawn }),
    }),
    login: async ({ url }, requester, withdrawn) => {
      const value = await loginValue(await opened(), prompts, { url, requester, withdrawn })
      return { value: value.expose() }
    },
    copy: async ({ reference }, requester, withdrawn) => ({
      clearsAt: await copy(clipboard, await opened(), reference, { purpose: 'copy', requester, withdrawn }),
    }),
    add: async ({ name, value }, requester, withdrawn) => {
      if (requester.kind !== 'program') throw new Refusal('request-invalid')
      const open = await opened()
      const confirm = (same: StoreRequest['same']): Promise<void> => open.approver.confirmStore({ name, same, requester, withdrawn })
      const stored = await storeValue(open, { name, value: new Secret(value), maxBytes: maxValueBytes(), confirm })
      return { account: labelIn(open, accountOf(open, stored.accountId)), name: stored.key.name }
    },
    quick: () => (showPalette(), null),
    // Concurrent calls share one diagnosis, because each diagnosis asks the keychain for every key.
    doctor: () => (look ??= examine().finally(() => (look = null))),
  }
}

async function copy(
  clipboard: CommandParts['clipboard'],
  unlocked: UnlockedVault,
  reference: KeyReference,
  want: ReleaseRequest,
): Promise<number> {
  const { accountId, keyId } = nameOf(findKey(unlocked, reference))
  return clipboard.copyTemporarily(await release(unlocked, accountId, keyId, want))
}

function nameOf({ accountId, id }: KeyRecord): KeyRef {
  return { accountId, keyId: id }
}

function statusOf(vault: Vault): { vault: 'open' | 'closed'; code: string | null; account: string | null; keys: number } {
  if (vault.closed !== null) return { vault: 'closed', code: vault.closed, account: null, keys: 0 }
  const { cache } = vault.opened
  const accounts = cache.accounts()
  const current = accounts.find(({ id }) => id === cache.current())
  return {
    vault: 'open',
    code: null,
    account: current === undefined ? null : labelIn(vault.opened, current),
    keys: listed(vault.opened).length,
  }
}

function listed(unlocked: UnlockedVault): ListedKey[] {
  return unlocked.cache.accounts().flatMap((account) => listedOf(unlocked, account, labelIn(unlocked, account)))
}

function listedOf(unlocked: UnlockedVault, { id: accountId }: Account, account: string): ListedKey[] {
  return presentKeys(unlocked, accountId).map((record) => {
    const { id, name, enabled, value, createdAt } = summaryOf(unlocked, record)
    return { account, accountId, id, name, enabled, value, createdAt }
  })
}
