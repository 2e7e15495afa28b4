import type { comparedParts } from '../../../shared/lists/transfer.ts'
import { holdsValue } from '../../../shared/lists/keys.ts'
import { labelIn } from '../keys/find-key.ts'
import { items } from '../keychain/items.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import { recordsIn, type Snapshot } from './snapshot.ts'

/** How one part of a backup compares with the vault, by the names that a person knows. */
export interface Compared {
  readonly part: (typeof comparedParts)[number]
  readonly equal: number
  /** Present in both, with different content. */
  readonly different: string[]
  readonly onlyInVault: string[]
  readonly onlyInBackup: string[]
}

type Records = Omit<Snapshot, 'at' | 'secrets'>

/** By id: the name that a person knows, and the content that is compared. */
type Comparables = Map<string, { readonly name: string; readonly text: string }>

/**
 * Compares a vault with the vault that a backup was restored to. Values are compared by their fingerprints, so no value leaves the vault.
 * The event loop runs other work between the parts.
 * @throws Refusal `locked` if the vault was locked meanwhile
 */
export async function compareSnapshot(unlocked: UnlockedVault, restored: Snapshot): Promise<Compared[]> {
  const vault = await recordsIn(unlocked.cache)
  const label = labels(unlocked, restored)
  const keyNames = new Map([...restored.keys, ...vault.keys].map(({ accountId, id, name }) => [`${accountId}/${id}`, name]))
  const describeGrantKey = ({ accountId, keyId }: { accountId: string; keyId: string | null }): string =>
    `${keyNames.get(`${accountId}/${keyId}`) ?? '?'} · ${label(accountId)}`
  const compareRecords = (part: Compared['part'], of: (records: Records) => Comparables) => (): Compared =>
    compare(part, of(vault), of(restored))
  return runInSlices([
    compareRecords('accounts', ({ accounts, marks }) => {
      return comparables(
        accounts,
        ({ id }) => [id, label(id)],
        ({ server, method, email, userId, id }) => {
          const { label: called = null, colour = null } = marks.find(({ accountId }) => accountId === id) ?? {}
          return [server, method, email, userId, called, colour]
        },
      )
    }),
    compareRecords('keys', ({ keys }) =>
      comparables(keys, named, ({ name, enabled, goneAt, details: { notes, tags, environment, user, expires, renewal } }) => [
        ...[name, enabled, goneAt !== null],
        ...[notes, tags, environment, user, expires, renewal],
      ]),
    ),
    () => compare('values', vaultValues(unlocked, named), backupValues(unlocked, restored, named)),
    compareRecords('sites', ({ sites }) =>
      comparables(
        sites,
        ({ accountId, id, origin }) => [`${accountId}/${id}`, origin],
        ({ keyId, origin, subdomains }) => [keyId, origin, subdomains],
      ),
    ),
    compareRecords('approvals', ({ grants }) =>
      comparables(
        grants,
        (grant) => [`${grant.accountId}/${grant.id}`, describeGrantKey(grant)],
        ({ keyId, purpose, requester }) => [keyId, purpose, requester],
      ),
    ),
    compareRecords('browsers', ({ pairings }) =>
      comparables(
        pairings,
        ({ id, browser }) => [id, browser],
        ({ browser, theirKey }) => [browser, theirKey],
      ),
    ),
    compareRecords('changes', ({ intents }) =>
      comparables(
        intents,
        (intent) => [`${intent.accountId}/${intent.id}`, intent.name],
        ({ kind, keyId, name }) => [kind, keyId, name],
      ),
    ),
    () => compareJournals(vault, restored),
  ])

  function named({ accountId, id, name }: { accountId: string; id: string; name: string }): [string, string] {
    return [`${accountId}/${id}`, `${name} · ${label(accountId)}`]
  }
}

async function runInSlices(parts: readonly (() => Compared)[]): Promise<Compared[]> {
  const compared: Compared[] = []
  for (const part of parts) {
    compared.push(part())
    await new Promise(setImmediate)
  }
  return compared
}

type NameOf = (key: { accountId: string; id: string; name: string }) => [string, string]

function vaultValues(unlocked: UnlockedVault, named: NameOf): Comparables {
  const held = unlocked.cache
    .accounts()
    .flatMap(({ id }) => unlocked.cache.keys(id))
    .filter(holdsValue)
  return comparables(held, named, ({ fingerprint }) => fingerprint)
}

/** Fingerprints the backup's values with this vault's root key. */
function backupValues(unlocked: UnlockedVault, { keys, secrets }: Snapshot, named: NameOf): Comparables {
  const held = keys.filter(({ accountId, id }) => secrets.has(items.value(accountId, id)))
  return unlocked.root.fingerprints((of) =>
    comparables(held, named, ({ accountId, id }) => {
      const item = items.value(accountId, id)
      const value = secrets.get(item)
      return value === undefined ? null : of(value, item)
    }),
  )
}

/**
 * Compares the journals. The vault keeps writing lines, so only a line of the backup that the vault lacks, or has with another hash, is a
 * difference.
 */
function compareJournals(vault: Records, { lines }: Snapshot): Compared {
  const hashes = new Map(vault.lines.map(({ seq, hash }) => [seq, hash]))
  const first = Math.min(...hashes.keys())
  const comparable = lines.filter(({ seq }) => seq >= first)
  const different = comparable.filter(({ seq, hash }) => hashes.get(seq) !== hash && !isRestoreLine(lines, seq))
  return {
    part: 'journal',
    equal: comparable.length - different.length,
    different: different.map(({ seq }) => String(seq)),
    onlyInVault: [],
    onlyInBackup: [],
  }
}

/** Whether the line is the last one and records the restore itself, which only the restored copy has. */
function isRestoreLine(lines: Snapshot['lines'], seq: number): boolean {
  const last = lines.at(-1)
  return last?.event === 'restored' && last.seq === seq
}

function comparables<T>(all: readonly T[], named: (one: T) => [id: string, name: string], content: (one: T) => unknown): Comparables {
  return new Map(
    all.map((record) => {
      const [id, name] = named(record)
      return [id, { name, text: JSON.stringify(content(record)) }]
    }),
  )
}

function compare(part: Compared['part'], vault: Comparables, backup: Comparables): Compared {
  const shared = [...vault].filter(([id]) => backup.has(id))
  const different = shared.filter(([id, { text }]) => backup.get(id)?.text !== text)
  const names = (records: Comparables, other: Comparables): string[] =>
    [...records].filter(([id]) => !other.has(id)).map(([, { name }]) => name)
  return {
    part,
    equal: shared.length - different.length,
    different: different.map(([, { name }]) => name),
    onlyInVault: names(vault, backup),
    onlyInBackup: names(backup, vault),
  }
}

function labels(unlocked: UnlockedVault, restored: Snapshot): (accountId: string) => string {
  const vaultLabels = new Map(unlocked.cache.accounts().map((account) => [account.id, labelIn(unlocked, account)]))
  const backupLabels = new Map(restored.accounts.map(({ id, email, userId }) => [id, email ?? userId]))
  return (id) => vaultLabels.get(id) ?? backupLabels.get(id) ?? id
}
