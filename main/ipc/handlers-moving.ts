import type { Overview } from '../../preload/contract.ts'
import { connectionOf } from '../vault/sync/connection.ts'
import { presentKeys } from '../vault/keys/list-keys.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { proveStored } from '../vault/stored-values/prove-stored.ts'
import { Secret } from '../vault/secret.ts'
import { appState } from './app-state.ts'
import type { Handlers, AppServices } from './app-services.ts'

type MovingCall = Extract<keyof Handlers, `moving.${string}` | 'accounts.list' | 'keys.prove'>

/** The calls about accounts side by side, and about vaults and values on their way to and from files. */
export function movingHandlers(house: AppServices): Pick<Handlers, MovingCall> {
  const { vault, moving } = house
  return {
    'accounts.list': () => ({ accounts: overviewOf(vault.opened) }),
    'moving.backUp': ({ passphrase }) => moving.backUp(vault.opened, new Secret(passphrase)),
    'moving.chooseBackup': () => moving.chooseBackup(),
    'moving.restore': async ({ ticket, passphrase }) => {
      const unkept = await moving.restore(vault.opened, ticket, new Secret(passphrase))
      house.takeUp()
      return { state: appState(house), unkept }
    },
    'moving.drill': ({ ticket, passphrase }) => moving.drill(vault.opened, ticket, new Secret(passphrase)),
    'moving.authorisation': ({ scope }) => moving.authorisation(vault.opened, scope),
    'moving.export': ({ format, proof }) =>
      moving.export(vault.opened, {
        format,
        proof: proof.by === 'name' ? proof : { by: 'passphrase', passphrase: new Secret(proof.passphrase) },
      }),
    'moving.chooseImport': ({ format }) => moving.chooseImport(vault.opened, format),
    'moving.import': async ({ ticket, chosen }) => {
      const { outcome } = await moving.import(vault.opened, ticket, chosen)
      return outcome === 'done' ? { outcome, state: appState(house) } : { outcome }
    },
    'moving.stop': () => (moving.stop(), null),
    'moving.forget': ({ ticket }) => (moving.forget(ticket), null),
    'keys.prove': ({ accountId, id, target }) => proveStored(vault.opened, accountId, id, target),
  }
}

function overviewOf(opened: UnlockedVault): Overview[] {
  return opened.cache.accounts().map((account) => ({
    id: account.id,
    keys: presentKeys(opened, account.id).length,
    waiting: opened.cache.intents(account.id).length,
    connection: connectionOf(opened, account),
    trouble: account.trouble?.code ?? null,
  }))
}
