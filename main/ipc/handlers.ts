import type { Account, AccountSummary, Credentials } from '../vault/model/account.ts'
import { link, register, sendMail, signIn, signInWithStored, signOut, switchAccount } from '../vault/accounts/sign-in.ts'
import { createKey } from '../vault/keys/create-key.ts'
import { recheckValues } from '../vault/keychain/inspect-values.ts'
import { cancelChange, createLater } from '../vault/sync/pending-changes.ts'
import { deleteKey, disableKey, enableKey, lookUpKey } from '../vault/keys/key-operations.ts'
import { listKeys, requireKey, refreshKeys } from '../vault/keys/list-keys.ts'
import { openLocal } from '../vault/accounts/local-account.ts'
import { setAccountLabel } from '../vault/accounts/set-account-label.ts'
import { dismiss } from '../vault/sync/notifications.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { Refusal } from '../vault/refusal.ts'
import { release } from '../vault/release/release.ts'
import { replaceKey } from '../vault/keys/replace-key.ts'
import { renewalAddress, setKeyDetails } from '../vault/keys/set-details.ts'
import { Secret } from '../vault/secret.ts'
import { parseServer } from '../vault/model/server.ts'
import { purgeTrashedValue } from '../vault/keys/trash.ts'
import { addValue } from '../vault/keys/add-value.ts'
import { changeStoredValue, renameStoredKey, restoreStoredValue } from '../vault/stored-values/change-value.ts'
import { storeValue } from '../vault/stored-values/store-value.ts'
import { verifyKey } from '../vault/keys/verify-keys.ts'
import { refuseWhileClosed } from './access.ts'
import { appState, keyList, keyLists, noAccount, toAccountSummary } from './app-state.ts'
import { journalHandlers } from './handlers-journal.ts'
import { transferHandlers } from './handlers-transfer.ts'
import { outletHandlers } from './handlers-outlets.ts'
import type { Handlers, AppServices } from './app-services.ts'
import { parseEmail, parseNewPassword } from './typed.ts'

/** One handler for each call. A handler wraps secrets and validates what the schema cannot; the vault does the work. */
export function handlers(services: AppServices): Handlers {
  const { vault, clipboard, theme, keyView, keychain, verification } = services
  const all: Handlers = {
    'app.state': async () => (await services.settled(), appState(services)),
    'app.retry': async () => (await services.open(), appState(services)),
    'app.lock': () => (setImmediate(services.lock), null), // after this answer: locking ends the process that asked
    'app.unlock': async ({ passphrase }) => (await keychain.unlock(new Secret(passphrase)), appState(services)),
    'app.repair': async () => (await services.repair(), appState(services)),
    'app.setTheme': (input) => (theme.set(input.theme), appState(services)),
    'app.setKeyView': (view) => (keyView.set(view), appState(services)),

    'accounts.openLocal': async () => withFreshKeys(vault.opened, await openLocal(vault.opened)),
    'accounts.signIn': async ({ server, credentials }) => {
      const [{ opened }, address] = [vault, parseServer(server.url, server.appId)]
      const stored = credentials.method === 'stored-key'
      return withFreshKeys(
        opened,
        await (stored ? signInWithStored(opened, address, credentials) : signIn(opened, address, toCredentials(credentials))),
      )
    },
    'accounts.register': async ({ server, email, password }) => {
      const [address, chosen] = [parseEmail(email), parseNewPassword(password)]
      const account = await register(vault.opened, parseServer(server.url, server.appId), address, chosen)
      if (account === null) return { outcome: 'confirm' }
      return { outcome: 'signed-in', account: await withFreshKeys(vault.opened, account) }
    },
    'accounts.sendMail': async ({ server, email, purpose }) => {
      await sendMail(vault.opened, parseServer(server.url, server.appId), parseEmail(email), purpose)
      return null
    },
    'accounts.link': async ({ id, email, password }) => {
      const [address, chosen] = [parseEmail(email), parseNewPassword(password)]
      const account = await link(vault.opened, id, address, chosen)
      return withFreshKeys(vault.opened, account)
    },
    'accounts.setLabel': async ({ id, label, colour }) => (await setAccountLabel(vault.opened, id, { label, colour }), appState(services)),
    'accounts.switch': ({ id }) => toAccountSummary(vault.opened, switchAccount(vault.opened, id)),
    'accounts.signOut': ({ id, forgetValues }) => signOut(vault.opened, id, forgetValues),

    'keys.list': (of) => keyList(services, of?.accountId ?? null),
    'keys.listAll': () => ({ lists: keyLists(services, 'all') }),
    'keys.sync': async (of) => {
      const account = of?.accountId ?? vault.opened.cache.current()
      if (account === null) return noAccount
      await recheckValues(vault.opened, account)
      return refreshKeys(vault.opened, account)
    },
    'keys.lookUp': ({ accountId, ...by }) => lookUpKey(vault.opened, accountId, by),
    'keys.create': ({ accountId, name }) => createKey(vault.opened, accountId, name),
    'keys.enable': ({ accountId, id }) => enableKey(vault.opened, accountId, id),
    'keys.disable': ({ accountId, id }) => disableKey(vault.opened, accountId, id),
    'keys.delete': async ({ accountId, id, name }) => (await deleteKey(vault.opened, accountId, id, name), null),
    'keys.reveal': async ({ accountId, id }) => {
      const value = await release(vault.opened, accountId, id, { purpose: 'reveal' })
      return { value: value.expose() }
    },
    'keys.copy': async ({ accountId, id }) => ({
      clearsAt: await clipboard.copyTemporarily(await release(vault.opened, accountId, id, { purpose: 'copy' })),
    }),
    'keys.copyId': async ({ accountId, id }) => {
      await clipboard.copy(requireKey(vault.opened, accountId, id).id)
      return null
    },
    'keys.createLater': async ({ accountId, name }) => {
      await createLater(vault.opened, accountId, name)
      services.syncSoon(accountId)
      return listKeys(vault.opened, accountId)
    },
    'keys.cancel': async ({ accountId, id }) => (await cancelChange(vault.opened, accountId, id), listKeys(vault.opened, accountId)),
    'keys.dismiss': ({ accountId, ids }) => (dismiss(vault.opened, accountId, ids), listKeys(vault.opened, accountId)),
    'values.store': async ({ name, value }) => {
      const maxBytes = keychain.maxValueBytes()
      const { accountId, key, same } = await storeValue(vault.opened, { name, value: new Secret(value), maxBytes })
      switchAccount(vault.opened, accountId)
      return { state: appState(services), key, same }
    },
    'keys.changeValue': ({ accountId, id, value }) =>
      changeStoredValue(vault.opened, { accountId, id, value: new Secret(value), maxBytes: keychain.maxValueBytes() }),
    'keys.restoreValue': ({ accountId, id }) => restoreStoredValue(vault.opened, accountId, id),
    'keys.rename': ({ accountId, id, name }) => renameStoredKey(vault.opened, accountId, id, name),
    'keys.setDetails': ({ accountId, id, details }) => setKeyDetails(vault.opened, accountId, id, details),
    'keys.copyRenewal': async ({ accountId, id }) => (await clipboard.copy(await renewalAddress(vault.opened, accountId, id)), null),
    'keys.addValue': ({ accountId, id, value }) => addValue(vault.opened, accountId, id, new Secret(value)),
    'keys.replace': ({ accountId, id, name }) => replaceKey(vault.opened, accountId, id, name),
    'keys.verify': async ({ accountId, id }) => {
      const key = await verifyKey(vault.opened, accountId, id)
      if (key === null) throw new Refusal('key-not-found')
      return key
    },
    'keys.verifyAll': async ({ accountId }) => {
      await verification.run(vault.opened, accountId)
      return listKeys(vault.opened, accountId)
    },
    'keys.stopVerifying': () => (verification.stop(), null),
    'keys.purge': async ({ accountId, id }) => (await purgeTrashedValue(vault.opened, accountId, id), listKeys(vault.opened, accountId)),

    'updates.state': () => services.updates.state,
    'updates.check': () => services.updates.check(),
    'updates.download': () => services.updates.download(),
    'updates.install': () => services.updates.install(),
    'links.consume': () => services.links.consume(),

    'keychain.examine': keychain.examine,
    'keychain.usePassphrase': async ({ passphrase }) => {
      await keychain.usePassphrase(new Secret(passphrase))
      return appState(services)
    },
    'keychain.addPassphrase': async ({ passphrase }) => (await keychain.addPassphrase(new Secret(passphrase)), appState(services)),
    'keychain.changePassphrase': async ({ now, next }) => {
      await keychain.changePassphrase(new Secret(now), new Secret(next))
      return null
    },
    'keychain.nextTry': () => ({ at: keychain.nextTryAt() }),
    'keychain.useOs': async () => (await keychain.useOs(), appState(services)),

    ...journalHandlers(services),
    ...outletHandlers(services),
    ...transferHandlers(services),
  }
  return refuseWhileClosed(all, () => vault.closed)
}

/** Fetches the keys before the sign-in is answered, so that the window does not show an empty list first. */
async function withFreshKeys(unlocked: UnlockedVault, account: Account): Promise<AccountSummary> {
  await refreshKeys(unlocked, account.id)
  return toAccountSummary(unlocked, account)
}

type Typed = Exclude<Parameters<Handlers['accounts.signIn']>[0]['credentials'], { method: 'stored-key' }>

function toCredentials(typed: Typed): Credentials {
  switch (typed.method) {
    case 'email':
      return { method: 'email', email: parseEmail(typed.email), password: new Secret(typed.password) }
    case 'api-key':
      return { method: 'api-key', value: new Secret(typed.value.trim()) }
    case 'custom-token':
      return { method: 'custom-token', token: new Secret(typed.token.trim()) }
    case 'anonymous':
      return { method: 'anonymous' }
  }
}
