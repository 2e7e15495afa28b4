import type { KeyList } from '../../../preload/contract.ts'
import type { ToldKey } from '../world/elsewhere.ts'
import type { Creation, Facts, Ledger } from './ledger.ts'
import type { State } from '../child/orders.ts'

/** The state after the faults are over and the vault has settled. */
export interface Rest {
  readonly state: State
  readonly onServer: readonly ToldKey[]
  /** Files of the profile's cache that were set aside. */
  readonly setAside: readonly string[]
}

/** Checks every invariant. @returns the violations, one sentence each */
export function violationsOf({ state, onServer, setAside }: Rest, ledger: Ledger): string[] {
  const { vault, list } = state
  const found = ledger.violations.splice(0)
  if (setAside.length > 0 && !ledger.isDamaged) found.push(`put aside although nothing had damaged it: ${setAside.join(', ')}`)
  if (vault.status === 'closed') return [...found, `the vault does not open: ${vault.code}`]
  if (vault.readOnly !== null) found.push(`the vault is read-only: ${vault.readOnly}`)
  if (list === null) return [...found, 'there is no list']
  found.push(...restless(list, ledger.isDamaged), ...differing(list, onServer))
  for (const facts of ledger.keys.values()) {
    const told = onServer.find(({ id }) => id === facts.id)
    const standing = told === undefined ? 'gone' : told.enabled ? 'enabled' : 'disabled'
    const asItStood = ledger.mayBeForgotten && facts.stood.has(standing) // its pending changes may be forgotten too
    if (!facts.may.has(standing) && !asItStood)
      found.push(`${nameOf(facts)} is ${standing} on the server and may be ${[...facts.may].join(' or ')} only`)
    const wrong = told === undefined ? wrongLeftOver(facts, state) : wrongValue(facts, list, state)
    if (wrong !== null) found.push(`${nameOf(facts)} ${wrong}`)
  }
  for (const { id, name } of onServer) if (!ledger.keys.has(id)) found.push(`${name} (${id}) was made by nobody`)
  if (!ledger.mayLeaveItems)
    found.push(...(state.unlisted ?? []).filter((item) => !ledger.unlisted.has(item)).map((item) => `nobody lists ${item}`))
  found.push(...ledger.stored.wrongly(state.values))
  for (const creation of ledger.mayBeForgotten ? [] : ledger.creations) {
    const forgotten = wrongCreation(creation, list, ledger)
    if (forgotten !== null) found.push(forgotten)
  }
  return found
}

/** With a reachable server and an open keychain, nothing may be pending and nothing in trouble. */
function restless({ waiting, connection, trouble, keychain, news }: KeyList, isDamaged: boolean): string[] {
  return [
    ...waiting.map(({ kind, name, sent }) => `still waiting: ${kind} ${name}${sent ? ', sent' : ''}`),
    ...(connection === 'online' ? [] : [`the connection is ${connection}`]),
    ...(trouble === null ? [] : [`the trouble is ${trouble.code}`]),
    ...(keychain === null ? [] : [`the keychain is said to be ${keychain}`]),
    ...(!isDamaged && news.some(({ what }) => what === 'cache-rebuilt') ? ['the cache was rebuilt'] : []),
  ]
}

/** Compares keys and their states. */
export function differing({ keys }: Pick<KeyList, 'keys'>, onServer: readonly ToldKey[]): string[] {
  const listed = new Map(keys.map((key) => [key.id, key]))
  const wrong = onServer.flatMap(({ id, name, enabled }) => {
    const key = listed.get(id)
    listed.delete(id)
    if (key === undefined) return [`${name} (${id}) is on the server and not in the list`]
    if (key.name === name && key.enabled === enabled) return []
    return [`the list has ${key.name} ${key.enabled ? 'enabled' : 'disabled'}, the server ${name} ${enabled ? 'enabled' : 'disabled'}`]
  })
  return [...wrong, ...[...listed.values()].map(({ id, name }) => `${name} (${id}) is in the list and not on the server`)]
}

function wrongValue(facts: Facts, list: KeyList, { values }: State): string | null {
  const key = list.keys.find(({ id }) => id === facts.id)
  if (key === undefined) return null // reported already
  if (list.trash.some(({ id }) => id === facts.id)) return 'is on the server and among the left-overs'
  if (key.value === 'here' || key.value === 'sealed' || key.value === 'locked') {
    const value = values[facts.id]
    if (value === undefined || 'code' in value) return `is said to be ${key.value} and was refused: ${value?.code}`
    return value.digest === facts.digest ? null : `has another value than its own (${key.value})`
  }
  if (facts.kept) return `was kept, and is now said to be ${key.value}`
  return facts.excuse === null ? `is said to be ${key.value}, and there was no reason to lose it` : null
}

/** The trash counts the time that the vault runs, which is some seconds here, so nothing in it may have expired whatever the clock says. */
function wrongLeftOver(facts: Facts, { list, values }: State): string | null {
  const left = list?.trash.some(({ id }) => id === facts.id) === true
  if (!left) return facts.kept && !facts.dropped ? 'was deleted elsewhere, and its value is not among the left-overs' : null
  const value = values[facts.id]
  if (facts.dropped && value !== undefined && 'code' in value) return null // it was killed on its way out
  if (value === undefined || 'code' in value) return `is among the left-overs and was refused: ${value?.code}`
  return value.digest === facts.digest ? null : 'has another value than its own among the left-overs'
}

/** A promised creation was executed, or a reason was reported; a replacement comes only after its deletion. */
function wrongCreation(creation: Creation, { news }: KeyList, { keys, seen, creations }: Ledger): string | null {
  const { name, accepted, ended, excused, replaces } = creation
  const told = [...news, ...seen].some((one) => one.name === name && one.what.startsWith('not-created'))
  if (creation.made > 0 || ended || excused || told) return null
  if (accepted) {
    // If two requests used one name, it is unknown for which of them a key was created: as many keys must exist as were promised.
    const same = creations.filter((one) => one.name === name && !one.ended)
    const made = same.reduce((sum, one) => sum + one.made, 0)
    // A request that may be lost with a damaged cache needs no key of its own: the key may belong to the later request.
    return made >= same.filter((one) => one.accepted && !one.excused).length
      ? null
      : `${name} was to be created: it is not, and nothing says why`
  }
  const replaced = keys.get(replaces ?? '')
  const deletedForIt = replaced?.deletedHere === true && replaced.asked.delete === 1
  return deletedForIt ? `${name} was deleted to be replaced, and nothing replaced it` : null
}

function nameOf({ name, id }: Facts): string {
  return `${name} (${id})`
}
