import { randomBytes } from 'node:crypto'
import { holdsValue } from '../../../shared/lists/keys.ts'
import type { KeyRecord } from '../model/key.ts'
import { presentKeys, requireKey } from '../keys/list-keys.ts'
import type { UnlockedVault } from '../session/unlocked-vault.ts'
import type { Site } from '../model/site.ts'
import { requireWritable } from '../session/read-only.ts'
import { Refusal } from '../refusal.ts'
import { siteCovers, parseSite, widestOrigin } from './site-match.ts'

/** The keys of all accounts that may be filled in at an origin: those that the server has and whose value is here. */
export function keysForOrigin(vault: UnlockedVault, origin: string): KeyRecord[] {
  return vault.cache.accounts().flatMap(({ id }) => {
    const sites = vault.cache.sites(id).filter((site) => siteCovers(site, origin, vault.registrableDomain))
    const keys = new Set(sites.map(({ keyId }) => keyId))
    return keys.size === 0 ? [] : presentWithValue(vault, id).filter((key) => keys.has(key.id))
  })
}

/** Every key of all accounts whose value is here. */
export function keysWithValue(vault: UnlockedVault): KeyRecord[] {
  return vault.cache.accounts().flatMap(({ id }) => presentWithValue(vault, id))
}

/**
 * Allows a key to be filled in at a site. A site that the key already has stays as it is, unless sub-domains are added: then only that site
 * is replaced.
 * @param typed as a person typed it, or an origin
 * @param subdomains also at the sub-domains of exactly this host
 * @throws Refusal `site-invalid`, also for sub-domains of a host that cannot have any; `key-not-found`, `read-only`
 */
export function addSite(vault: UnlockedVault, accountId: string, keyId: string, typed: string, subdomains: boolean): Site {
  requireWritable(vault)
  requireKey(vault, accountId, keyId)
  const origin = parseSite(typed)
  if (origin === null) throw new Refusal('site-invalid')
  if (subdomains && widestOrigin(origin, vault.registrableDomain) === null) throw new Refusal('site-invalid')
  const known = sitesOf(vault, accountId, keyId).find((site) => site.origin === origin)
  if (known !== undefined && (known.subdomains || !subdomains)) return known
  const site: Site = { accountId, keyId, id: known?.id ?? randomBytes(8).toString('hex'), origin, subdomains, at: vault.clock() }
  vault.cache.commit([{ op: 'put-site', site }])
  vault.announce('keys', accountId)
  return site
}

/**
 * Like `addSite`, for a choice made at the site itself: sub-domains are then those of `widestDomain`, which the person was shown.
 * @param origin as `commonOrigin` returns it
 */
export function learnSite(vault: UnlockedVault, accountId: string, keyId: string, origin: string, subdomains: boolean): Site {
  const widest = subdomains ? widestOrigin(origin, vault.registrableDomain) : origin
  if (widest === null) throw new Refusal('site-invalid')
  return addSite(vault, accountId, keyId, widest, subdomains)
}

/** Idempotent. @throws Refusal `read-only` */
export function removeSite(vault: UnlockedVault, accountId: string, siteId: string): void {
  requireWritable(vault)
  vault.cache.commit([{ op: 'drop-site', accountId, id: siteId }])
  vault.announce('keys', accountId)
}

/** Oldest first. */
export function sitesOf(vault: UnlockedVault, accountId: string, keyId: string): Site[] {
  return vault.cache.sites(accountId).filter((site) => site.keyId === keyId)
}

function presentWithValue(vault: UnlockedVault, accountId: string): KeyRecord[] {
  return presentKeys(vault, accountId).filter(holdsValue)
}
