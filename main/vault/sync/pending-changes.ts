import { randomBytes } from 'node:crypto'
import { requireKeyManager } from '../model/account.ts'
import type { KeyRecord } from '../model/key.ts'
import { keyLimit, parseKeyName } from '../model/key.ts'
import { accountOf, type UnlockedVault } from '../session/unlocked-vault.ts'
import type { Intent, KeyIntent } from '../model/pending-change.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'

/** A change of a key that is to be, as yet on no disk. */
export function newChange(opened: UnlockedVault, record: KeyRecord, kind: KeyIntent['kind']): KeyIntent {
  const { accountId, id: keyId, name, enabled } = record
  return { ...newIntentBase(opened, accountId), name, sent: false, kind, keyId, wasEnabled: enabled }
}

/** `sent`: its outcome is looked for on the server, and it is not asked for again. */
export function newCreation(opened: UnlockedVault, accountId: string, name: string, { sent }: { sent: boolean }): Intent {
  return { ...newIntentBase(opened, accountId), name, sent, kind: 'create', keyId: null, wasEnabled: null }
}

function newIntentBase(opened: UnlockedVault, accountId: string): Pick<Intent, 'accountId' | 'id' | 'order' | 'at'> {
  const last = opened.cache.intents(accountId).at(-1)
  return { accountId, id: randomBytes(8).toString('hex'), order: (last?.order ?? 0) + 1, at: opened.clock() }
}

/** What waits for a key, if anything: one change at most, as a newer one takes the older one's place. */
export function pendingChangeOf(opened: UnlockedVault, accountId: string, keyId: string): Intent | undefined {
  return opened.cache.intents(accountId).find((intent) => intent.keyId === keyId)
}

/**
 * Told before asking. Names that differ only by case are refused too: the server takes both, and people mix them up.
 * Creations that wait have their names and places already.
 * @throws Refusal `name-taken` or `quota-reached`
 */
export function requireNameFree(opened: UnlockedVault, accountId: string, name: string): void {
  const keys = opened.cache.keys(accountId).filter((key) => key.goneAt === null)
  requireNameFreeAmong([...keys, ...opened.cache.intents(accountId).filter((one) => one.kind === 'create')], name)
}

/** As `requireFree`, once the changes before this one are made: a key that waits for its deletion is in nobody's way. */
export function requireNameFreeAfterPending(opened: UnlockedVault, accountId: string, name: string, own?: Intent): void {
  const intents = opened.cache.intents(accountId)
  const ending = new Set(intents.filter((one) => one.kind === 'delete').map((one) => one.keyId))
  const keys = opened.cache.keys(accountId).filter((key) => key.goneAt === null && !ending.has(key.id))
  requireNameFreeAmong([...keys, ...intents.filter((one) => one.kind === 'create' && one.id !== own?.id)], name)
}

function requireNameFreeAmong(named: readonly { name: string }[], name: string): void {
  const taken = named.map((one) => one.name.toLowerCase())
  if (taken.includes(name.toLowerCase())) throw new Refusal('name-taken')
  if (taken.length >= keyLimit) throw new Refusal('quota-reached')
}

/**
 * Writes a creation down that is made once the server can be asked. Nothing exists until then, and nothing says so.
 * @throws Refusal `name-…`, `quota-reached`, `not-allowed-…`, `signed-out`, `read-only`
 */
export function createLater(opened: UnlockedVault, accountId: string, typedName: string): Promise<void> {
  const name = parseKeyName(typedName)
  return opened.queues.runExclusive(accountId, async () => {
    requireWritable(opened)
    requireKeyManager(accountOf(opened, accountId))
    requireNameFreeAfterPending(opened, accountId, name)
    opened.cache.commit([{ op: 'put-intent', intent: newCreation(opened, accountId, name, { sent: false }) }])
    opened.announce('keys')
  })
}

/**
 * Takes a waiting change back. One that was sent is only not asked for again: the server may have made it, as its next list tells.
 * @throws Refusal `change-not-found` if it was made meanwhile; `creation-unsettled` for a creation that was sent: the server
 *   may have made the key, and only the open intent tells that it is ours
 */
export function cancelChange(opened: UnlockedVault, accountId: string, id: string): Promise<void> {
  return opened.queues.runExclusive(accountId, async () => {
    requireWritable(opened)
    const intent = opened.cache.intents(accountId).find((one) => one.id === id)
    if (intent === undefined || isAlreadyDeleted(opened, intent)) throw new Refusal('change-not-found')
    if (intent.kind === 'create' && intent.sent) throw new Refusal('creation-unsettled')
    opened.cache.commit([{ op: 'drop-intent', accountId, id }])
    opened.announce('keys')
  })
}

/** The server has deleted the key already, and the intent waits for the keychain to let go of the value. */
function isAlreadyDeleted(opened: UnlockedVault, { accountId, kind, keyId }: Intent): boolean {
  return kind === 'delete' && opened.cache.key(accountId, keyId)?.goneAt !== null
}
