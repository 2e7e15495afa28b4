import { writeFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { type Key, type KeyList, type CallName, calls, type Input, type Output, type Waiting } from '../../../preload/contract.ts'
import { noAccount } from '../../../main/ipc/app-state.ts'
import { OsKeychain } from '../../../main/keychain/os-keychain.ts'
import { switchAccount } from '../../../main/vault/accounts/sign-in.ts'
import { items, readItem, removeItem, writeItem } from '../../../main/vault/keychain/items.ts'
import { itemsOf } from '../../../main/vault/keychain/migrate-items.ts'
import { codeOf, Refusal } from '../../../main/vault/refusal.ts'
import { Secret } from '../../../main/vault/secret.ts'
import keytar from 'keytar'
import * as v from 'valibot'
import { digestOf } from '../ledger/digest.ts'
import type { Composed } from './compose.ts'
import { lockAmid, lockWithFailure } from './locking.ts'
import type { Chosen, Imported, MadeBackup, State, Task } from './orders.ts'

/** There is nothing to choose from, so the task was not started. */
export const idle = Symbol('idle')

const passphrase = 'torture horse battery staple'

const nothing: Chosen = { id: null, name: '', change: null, news: [] }

type Begin = (chosen: Chosen) => void

/**
 * Does one task through the window's calls. Each answer is parsed by the window's contract.
 * @throws Refusal
 */
export async function doTask(composed: Composed, task: Task, begin: Begin): Promise<unknown> {
  const { services } = composed
  const call = <N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> => ask(composed, name, input)
  const list = async (): Promise<KeyList> => (isStored(composed) ? noAccount : call('keys.list', null))
  /**
   * The id of the current account, as its window knows it.
   * @throws Refusal if there is none: the window then offers none of these calls
   */
  const accountId = async (): Promise<string> => {
    const { accountId: id } = await list()
    if (id === null) throw new Refusal('account-not-found')
    return id
  }
  const about = ({ id, name }: { id: string; name: string }): string => {
    begin({ ...nothing, id, name })
    return id
  }
  switch (task.do) {
    case 'clock':
      composed.ahead = task.ahead
      return null
    case 'open':
      await services.open()
      if (services.vault.closed === 'passphrase-needed') await call('app.unlock', { passphrase })
      backToServer(composed) // if it ended right after an import, it shows the imported values
      return call('app.state', null)
    case 'lock':
      services.lock()
      return null
    case 'resume':
      return services.vault.closed === null ? Promise.all([services.vault.resume(), composed.removeLeftBehind()]) : null
    case 'state':
      return stateOf(composed)
    case 'usePassphrase':
      return call('keychain.usePassphrase', { passphrase })
    case 'guard':
      return call('keychain.addPassphrase', { passphrase })
    case 'useOs':
      return call('keychain.useOs', null)
    case 'sync':
      return call('keys.sync', null)
    case 'verifyAll':
      return call('keys.verifyAll', { accountId: await accountId() })
    case 'see': {
      const { news } = await list()
      begin({ ...nothing, news })
      return call('keys.dismiss', { accountId: await accountId(), ids: news.map(({ id }) => id) })
    }
    case 'register': {
      const { url, appId, email, password } = task
      return call('accounts.register', { server: { url, appId }, email, password })
    }
    case 'signIn': {
      const { url, appId, email, password } = task
      return call('accounts.signIn', { server: { url, appId }, credentials: { method: 'email', email, password } })
    }
    case 'import':
      await accountId()
      return importValues(composed, task)
    case 'forget': {
      const id = await accountId()
      // Forgetting the vault on this computer deletes its user, and so its keys.
      begin({ ...nothing, change: services.vault.opened.cache.accounts().some(({ method }) => method === 'local') ? 'delete' : null })
      return call('accounts.signOut', { id, forgetValues: true })
    }
    case 'lockWithFailure':
      return lockWithFailure(composed, task.fails)
    case 'lockAmid': {
      const id = await accountId()
      const here = (await list()).keys.filter(isHere)
      const reveals = here.map((key) => [`the value of ${key.name}`, () => call('keys.reveal', { accountId: id, id: key.id })] as const)
      return lockAmid(composed, task.after, { ...Object.fromEntries(reveals), verifying: () => call('keys.verifyAll', { accountId: id }) })
    }
    case 'repair': {
      const state = await call('app.repair', null)
      backToServer(composed)
      return state
    }
    case 'damage':
      return damage(composed, task)
    case 'backUp':
      return backUp(composed, task.path)
    case 'restore': {
      composed.file = task.path
      const chosen = await call('transfer.chooseBackup', null)
      return chosen.outcome === 'chosen' ? call('transfer.restore', { ticket: chosen.ticket, passphrase }) : idle
    }
    case 'openLocal':
      return call('accounts.openLocal', null)
    case 'create':
    case 'createLater':
      begin({ ...nothing, name: task.name, change: 'create' })
      return call(`keys.${task.do}`, { accountId: await accountId(), name: task.name })
    case 'enable':
    case 'disable': {
      const key = pick((await list()).keys, task.pick)
      if (key === null) return idle
      begin({ ...nothing, id: key.id, name: key.name, change: task.do })
      return call(`keys.${task.do}`, { accountId: await accountId(), id: key.id })
    }
    case 'delete':
    case 'replace': {
      const key = pick((await list()).keys, task.pick)
      if (key === null) return idle
      begin({ ...nothing, id: key.id, name: key.name, change: 'delete' })
      return call(`keys.${task.do}`, { accountId: await accountId(), id: key.id, name: key.name })
    }
    case 'verify':
    case 'reveal': {
      const key = pick((await list()).keys.filter(isHere), task.pick)
      if (key === null) return idle
      return task.do === 'verify'
        ? call('keys.verify', { accountId: await accountId(), id: about(key) })
        : (await call('keys.reveal', { accountId: await accountId(), id: about(key) })).value.length
    }
    case 'purge': {
      const left = pick((await list()).trash, task.pick)
      return left === null ? idle : call('keys.purge', { accountId: await accountId(), id: about(left) })
    }
    case 'cancel': {
      const waiting: Waiting | null = pick((await list()).waiting, task.pick)
      if (waiting === null) return idle
      begin({ ...nothing, id: waiting.keyId, name: waiting.name, change: waiting.kind })
      return call('keys.cancel', { accountId: await accountId(), id: waiting.id })
    }
    case 'addValue': {
      const key = pick(
        (await list()).keys.filter((one) => one.id in task.values),
        task.pick,
      )
      if (key === null) return idle
      return call('keys.addValue', { accountId: await accountId(), id: about(key), value: task.values[key.id] ?? '' })
    }
    case 'addOtherValue': {
      const { keys } = await list()
      const key = pick(keys, task.pick)
      const other = keys.find((one) => one.id !== key?.id && one.id in task.values)
      if (key === null || other === undefined) return idle
      return call('keys.addValue', { accountId: await accountId(), id: about(key), value: task.values[other.id] ?? '' })
    }
  }
}

async function ask<N extends CallName>({ calls: handlers }: Composed, name: N, input: Input<N>): Promise<Output<N>> {
  const handler = handlers[name] as (given: Input<N>) => unknown
  return v.parse(calls[name].output, await handler(v.parse(calls[name].input, input) as Input<N>)) as Output<N>
}

/** Only if the system's keychain has the items unsealed: under a passphrase their names cannot be recognised. */
async function damage({ profile }: Composed, { item, how }: Extract<Task, { do: 'damage' }>): Promise<null | typeof idle> {
  if (profile.keychain !== 'os') return idle
  const keychain = new OsKeychain({ profile: profile.id })
  const name = item === 'stored' ? await storedPage(keychain) : item
  const kept = name === null ? null : await readItem(keychain, name)
  if (name === null || kept === null) return idle
  const torn = item === 'stored' ? '\nof no vault' : ' '
  if (how === 'removed') await removeItem(keychain, name)
  else await writeItem(keychain, name, new Secret(how === 'torn' ? `${kept.expose()}${torn}` : 'of no vault'))
  return null
}

async function storedPage(keychain: OsKeychain): Promise<string | null> {
  const accounts = await readItem(keychain, items.accounts)
  for (const id of accounts?.expose().split(' ') ?? []) {
    if ((await readItem(keychain, items.storedPage(id, 0))) !== null) return items.storedPage(id, 0)
  }
  return null
}

/** Whether the stored values are shown, which belong to no server. */
function isStored({ services: { vault } }: Composed): boolean {
  const { cache } = vault.opened
  return cache.accounts().some(({ id, method }) => method === 'values' && id === cache.current())
}

function backToServer(composed: Composed): void {
  if (composed.services.vault.closed !== null || !isStored(composed)) return
  const { opened } = composed.services.vault
  const other = opened.cache.accounts().find(({ method }) => method !== 'values')
  if (other !== undefined) switchAccount(opened, other.id)
}

async function importValues(composed: Composed, { path, values }: Extract<Task, { do: 'import' }>): Promise<Imported[] | typeof idle> {
  writeFileSync(
    path,
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
  composed.file = path
  const chosen = await ask(composed, 'transfer.chooseImport', { format: 'env' })
  if (chosen.outcome !== 'chosen') return idle
  const { entries, ticket } = chosen
  const imported = await ask(composed, 'transfer.import', { ticket, chosen: entries.map((_, place) => place) })
  backToServer(composed)
  if (imported.outcome !== 'done') return idle
  const ids = new Map(storedKeys(composed).map(({ id, name }) => [name, id]))
  return entries.map(({ name, original }) => ({ id: ids.get(name) ?? '', name: original }))
}

function storedKeys({ services: { vault } }: Composed): { accountId: string; id: string; name: string }[] {
  const { cache } = vault.opened
  return cache.accounts().flatMap(({ id, method }) => (method === 'values' ? cache.keys(id) : []))
}

async function unlisted({ services, profile }: Composed): Promise<string[] | null> {
  if (profile.keychain !== 'os') return null
  const mine = `${profile.id}/`
  const kept = (await keytar.findCredentials('Latchkey')).flatMap(({ account }) =>
    account.startsWith(mine) ? [account.slice(mine.length)] : [],
  )
  const listed = new Set(itemsOf(services.vault.opened))
  return kept.filter((item) => !listed.has(item))
}

async function backUp(composed: Composed, path: string): Promise<MadeBackup | typeof idle> {
  const waiting = async (): Promise<MadeBackup['waiting']> =>
    (await ask(composed, 'keys.list', null)).waiting.map(({ kind, name, sent }) => ({ kind, name, sent }))
  const before = await waiting()
  composed.file = path
  const made = await ask(composed, 'transfer.backUp', { passphrase })
  if (made.outcome !== 'done') return idle
  return { path, values: made.values, waiting: isDeepStrictEqual(before, await waiting()) ? before : null }
}

function pick<T>(from: readonly T[], where: number): T | null {
  return from[Math.floor(where * from.length)] ?? null
}

function isHere({ value }: Key): boolean {
  return value === 'here' || value === 'locked' || value === 'sealed'
}

async function stateOf(composed: Composed): Promise<State> {
  const { vault } = await ask(composed, 'app.state', null)
  if (vault.status === 'closed') return { vault, list: null, unlisted: [], values: {} }
  const list = isStored(composed) ? noAccount : await ask(composed, 'keys.list', null)
  const values: Record<string, { digest: string } | { code: string }> = {}
  const ofList = [...list.keys.filter(isHere), ...list.trash].map(({ id }) => ({ accountId: list.accountId ?? '', id }))
  for (const { accountId, id } of [...ofList, ...storedKeys(composed)]) {
    try {
      const { value } = await ask(composed, 'keys.reveal', { accountId, id })
      values[id] = { digest: digestOf(value) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      values[id] = { code: codeOf(error) }
    }
  }
  return { vault: { status: 'open', readOnly: vault.readOnly }, list, unlisted: await unlisted(composed), values }
}
