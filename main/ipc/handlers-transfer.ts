import type { Overview } from '../../preload/contract.ts'
import { connectionOf } from '../vault/sync/connection.ts'
import { presentKeys } from '../vault/keys/list-keys.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { proveStored } from '../vault/stored-values/prove-stored.ts'
import { Secret } from '../vault/secret.ts'
import { appState } from './app-state.ts'
import type { Handlers, AppServices } from './app-services.ts'

type TransferCall = Extract<keyof Handlers, `transfer.${string}` | 'accounts.list' | 'keys.prove'>

/** The calls about all accounts together, and about backups, exports and imports. */
export function transferHandlers(services: AppServices): Pick<Handlers, TransferCall> {
  const { vault, transfer } = services
  return {
    'accounts.list': () => ({ accounts: overviewOf(vault.opened) }),
    'transfer.backUp': ({ passphrase }) => transfer.backUp(vault.opened, new Secret(passphrase)),
    'transfer.chooseBackup': () => transfer.chooseBackup(),
    'transfer.restore': async ({ ticket, passphrase }) => {
      const unkept = await transfer.restore(vault.opened, ticket, new Secret(passphrase))
      services.resumePendingWork()
      return { state: appState(services), unkept }
    },
    'transfer.verifyBackup': ({ ticket, passphrase }) => transfer.verifyBackup(vault.opened, ticket, new Secret(passphrase)),
    'transfer.authorisation': ({ scope }) => transfer.authorisation(vault.opened, scope),
    'transfer.export': ({ format, proof }) =>
      transfer.export(vault.opened, {
        format,
        proof: proof.by === 'name' ? proof : { by: 'passphrase', passphrase: new Secret(proof.passphrase) },
      }),
    'transfer.chooseImport': ({ format }) => transfer.chooseImport(vault.opened, format),
    'transfer.openImport': ({ ticket, passphrase }) => transfer.openImport(vault.opened, ticket, new Secret(passphrase)),
    'transfer.import': async ({ ticket, chosen }) => {
      const { outcome } = await transfer.import(vault.opened, ticket, chosen)
      return outcome === 'done' ? { outcome, state: appState(services) } : { outcome }
    },
    'transfer.stop': () => (transfer.stop(), null),
    'transfer.forget': ({ ticket }) => (transfer.forget(ticket), null),
    'keys.prove': ({ accountId, id, target }) => proveStored(vault.opened, accountId, id, target),
  }
}

function overviewOf(unlocked: UnlockedVault): Overview[] {
  return unlocked.cache.accounts().map((account) => ({
    id: account.id,
    keys: presentKeys(unlocked, account.id).length,
    waiting: unlocked.cache.intents(account.id).length,
    connection: connectionOf(unlocked, account),
    trouble: account.trouble?.code ?? null,
  }))
}
