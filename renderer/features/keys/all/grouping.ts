import type { Account } from '../../../../preload/contract.ts'
import type { KeyGrouping } from '../../../../shared/lists/settings.ts'
import type { Heading } from '../../../ui/list/listboxRows.ts'
import { texts } from '../../../i18n/texts.svelte.ts'
import { accountName } from '../../accounts/accountNames.ts'
import { type Entry, serviceName } from './entries.ts'

/** A service that issued some of the keys. */
export interface UsedService {
  readonly id: string
  readonly name: string
  /** How many keys it issued. */
  readonly keys: number
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The services in use, by name. */
export function servicesOf(entries: readonly Entry[]): UsedService[] {
  const counts = new Map<string, { name: string; keys: number }>()
  for (const { key } of entries) {
    if (key.service === null) continue
    const known = counts.get(key.service)
    if (known === undefined) counts.set(key.service, { name: serviceName(key) ?? key.service, keys: 1 })
    else known.keys += 1
  }
  return [...counts].map(([id, service]) => ({ id, ...service })).sort((one, other) => names.compare(one.name, other.name))
}

/**
 * Puts the keys into groups, each below its heading, in their order. Accounts keep their own order, services are sorted by name. Keys of no
 * known service come last.
 */
export function grouped(entries: readonly Entry[], grouping: KeyGrouping, accounts: readonly Account[]): readonly (Entry | Heading)[] {
  if (grouping === 'none') return entries
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    const id = grouping === 'account' ? entry.account.id : (entry.key.service ?? '')
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [entry])
    else group.push(entry)
  }
  const titles =
    grouping === 'account'
      ? accounts.map((account) => ({ id: account.id, name: accountName(account) }))
      : [...servicesOf(entries), { id: '', name: texts().keys.all.noService }]
  return titles.flatMap(({ id, name }): (Entry | Heading)[] => {
    const group = groups.get(id)
    return group === undefined ? [] : [{ id: `group/${id}`, heading: name, count: group.length }, ...group]
  })
}
