import { randomBytes } from 'node:crypto'
import type { KeyRecord } from '../model/key.ts'
import { presentKeys, requireKey } from '../keys/list-keys.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Site } from '../model/site.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'
import { siteCovers, parseSite, widestOrigin } from './site-match.ts'

/** The keys that may be filled in at an origin, over all accounts: those that the server has, and whose value can be given. */
export function keysForOrigin(opened: UnlockedVault, origin: string): KeyRecord[] {
  return opened.cache.accounts().flatMap(({ id }) => {
    const sites = opened.cache.sites(id).filter((site) => siteCovers(site, origin, opened.registrableDomain))
    const keys = new Set(sites.map(({ keyId }) => keyId))
    return keys.size === 0 ? [] : presentWithValue(opened, id).filter((key) => keys.has(key.id))
  })
}

/** Every key whose value can be given, over all accounts. */
export function keysWithValue(opened: UnlockedVault): KeyRecord[] {
  return opened.cache.accounts().flatMap(({ id }) => presentWithValue(opened, id))
}

/**
 * Lets a key be filled in at a site. What it has already, it keeps as it is; one whose sub-domains come in takes the place of itself alone.
 * @param typed as a person wrote it, or an origin
 * @param subdomains also at the sub-domains of just this host
 * @throws Refusal `site-invalid`, also for sub-domains of a host that has none to allow; `key-not-found`, `read-only`
 */
export function addSite(opened: UnlockedVault, accountId: string, keyId: string, typed: string, subdomains: boolean): Site {
  requireWritable(opened)
  requireKey(opened, accountId, keyId)
  const origin = parseSite(typed)
  if (origin === null) throw new Refusal('site-invalid')
  if (subdomains && widestOrigin(origin, opened.registrableDomain) === null) throw new Refusal('site-invalid')
  const known = sitesOf(opened, accountId, keyId).find((site) => site.origin === origin)
  if (known !== undefined && (known.subdomains || !subdomains)) return known
  const site: Site = { accountId, keyId, id: known?.id ?? randomBytes(8).toString('hex'), origin, subdomains, at: opened.clock() }
  opened.cache.commit([{ op: 'put-site', site }])
  opened.announce('keys')
  return site
}

/**
 * As `addSite`, chosen by a person at the site itself: its sub-domains are then those of `widestDomain`, which they were shown.
 * @param origin as `originOf` gives it
 */
export function learnSite(opened: UnlockedVault, accountId: string, keyId: string, origin: string, subdomains: boolean): Site {
  const widest = subdomains ? widestOrigin(origin, opened.registrableDomain) : origin
  if (widest === null) throw new Refusal('site-invalid')
  return addSite(opened, accountId, keyId, widest, subdomains)
}

/** What is removed already is no error. @throws Refusal `read-only` */
export function removeSite(opened: UnlockedVault, accountId: string, siteId: string): void {
  requireWritable(opened)
  opened.cache.commit([{ op: 'drop-site', accountId, id: siteId }])
  opened.announce('keys')
}

/** Oldest first. */
export function sitesOf(opened: UnlockedVault, accountId: string, keyId: string): Site[] {
  return opened.cache.sites(accountId).filter((site) => site.keyId === keyId)
}

function presentWithValue(opened: UnlockedVault, accountId: string): KeyRecord[] {
  return presentKeys(opened, accountId).filter(({ value }) => value === 'here' || value === 'sealed')
}
