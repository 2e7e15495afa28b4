import type { Approval, Browsers, Outlets, SettingsState, StoredKey } from '../../preload/contract.ts'
import type { Server } from '../vault/model/account.ts'
import { labelIn } from '../vault/keys/find-key.ts'
import { listGrants, revokeGrant } from '../vault/release/grants.ts'
import { lastReleasesOf } from '../vault/journal/journal.ts'
import { requireKey } from '../vault/keys/list-keys.ts'
import type { UnlockedVault } from '../vault/session/unlocked-vault.ts'
import { dropPairing, listPairings } from '../vault/release/pairings.ts'
import type { Requester } from '../vault/model/requester.ts'
import { codeOf, Refusal } from '../vault/refusal.ts'
import { isSameServer, parseServer } from '../vault/model/server.ts'
import { parseSite, widestDomain } from '../vault/release/site-match.ts'
import { addSite, keysWithValue, removeSite, sitesOf } from '../vault/release/sites.ts'
import type { Handlers, AppServices } from './app-services.ts'

/** How many of a key's latest uses its detail shows. */
const usesShown = 20

type OutletCall = Extract<keyof Handlers, `approvals.${string}` | `browsers.${string}` | `settings.${string}` | KeyCall>
type KeyCall = 'keys.forServer' | 'keys.outlets' | 'keys.parseSite' | 'keys.addSite' | 'keys.removeSite'

/** The calls about where values may go and where they went: sites, approvals, browsers, settings. */
export function outletHandlers(services: AppServices): Pick<Handlers, OutletCall> {
  const { vault, browsers, settings } = services
  return {
    'keys.forServer': ({ server }) => ({ keys: keysFor(vault.opened, serverAt(server)) }),
    'keys.outlets': ({ accountId, id }) => outletsOf(vault.opened, accountId, id),
    'keys.parseSite': ({ url }) => {
      const origin = parseSite(url)
      if (origin === null) throw new Refusal('site-invalid')
      return { origin, domain: widestDomain(origin, vault.opened.registrableDomain) === null ? null : hostOf(origin) }
    },
    'keys.addSite': ({ accountId, id, url, subdomains }) => {
      addSite(vault.opened, accountId, id, url, subdomains)
      return outletsOf(vault.opened, accountId, id)
    },
    'keys.removeSite': ({ accountId, id, siteId }) => {
      removeSite(vault.opened, accountId, siteId)
      return outletsOf(vault.opened, accountId, id)
    },

    'approvals.list': () => ({ approvals: approvalsIn(vault.opened) }),
    'approvals.revoke': ({ accountId, id }) => {
      revokeGrant(vault.opened, accountId, id)
      return { approvals: approvalsIn(vault.opened) }
    },

    'browsers.list': () => browserList(services),
    'browsers.register': async ({ id }) => (await browsers.register(id), browserList(services)),
    'browsers.unregister': async ({ id }) => (await browsers.unregister(id), browserList(services)),
    'browsers.showExtension': ({ id }) => ({ folder: browsers.showExtension(id) }),
    'browsers.unpair': ({ id }) => {
      dropPairing(vault.opened, id)
      browsers.endSessions(id)
      return browserList(services)
    },

    'settings.get': () => settingsState(settings),
    'settings.set': (chosen) => (settings.set(chosen), settingsState(settings)),
  }
}

/** @returns null for text that is no server address yet, because it is still being typed */
function serverAt({ url, appId }: { url: string; appId: string }): Server | null {
  try {
    return parseServer(url, appId)
  } catch (error) {
    if (codeOf(error) === 'internal') throw error
    return null
  }
}

/**
 * The keys of this server and app first, then the stored values without a server; within both in the vault's order. Keys of other servers
 * are left out, because a value goes to its own server only. So are keys of the vault on this computer.
 * @param server null while its address is being typed; the keys of all servers are then listed
 */
function keysFor(unlocked: UnlockedVault, server: Server | null): StoredKey[] {
  const accounts = unlocked.cache.accounts()
  const keys = keysWithValue(unlocked).flatMap(({ accountId, id, name, enabled, lastFour }): StoredKey[] => {
    const account = accounts.find((one) => one.id === accountId)
    if (account === undefined || account.method === 'local') return []
    const place = account.server && { url: account.server.url, appId: account.server.appId }
    const same = server !== null && place !== null && isSameServer(place, server)
    if (server !== null && place !== null && !same) return []
    return [{ accountId, id, name, account: labelIn(unlocked, account), enabled, lastFour, server: place, same }]
  })
  return [...keys.filter(({ same }) => same), ...keys.filter(({ same }) => !same)]
}

function outletsOf(unlocked: UnlockedVault, accountId: string, keyId: string): Outlets {
  requireKey(unlocked, accountId, keyId)
  const sites = sitesOf(unlocked, accountId, keyId).map(({ id, origin, subdomains, at }) => ({
    ...{ id, origin, at },
    domain: subdomains ? hostOf(origin) : null,
  }))
  const uses = lastReleasesOf(unlocked, accountId, keyId, usesShown).map(({ purpose, requester, at }) => ({
    ...{ purpose, at },
    requester: toRequesterSummary(requester),
  }))
  return { sites, uses }
}

function hostOf(origin: string): string {
  return new URL(origin).hostname
}

function approvalsIn(unlocked: UnlockedVault): Approval[] {
  return listGrants(unlocked).map(({ id, accountId, keyId, name, account, purpose, requester, at, until }) => ({
    ...{ id, accountId, keyId, name, account, purpose, at, until },
    requester: toRequesterSummary(requester),
  }))
}

/** The fields of a requester that mean something to a person. The session or pairing does not leave main. */
export function toRequesterSummary<R extends Requester>(requester: R): Extract<Outlets['uses'][number]['requester'], { kind: R['kind'] }>
export function toRequesterSummary(requester: Requester): Outlets['uses'][number]['requester'] {
  switch (requester.kind) {
    case 'person':
      return { kind: 'person' }
    case 'window':
      return { kind: 'window', program: requester.program, title: requester.title }
    case 'site':
      return { kind: 'site', origin: requester.origin, browser: requester.browser }
    case 'program': {
      const { kind, program, folder, terminal, process = null } = requester
      return { kind, program, folder, terminal, process }
    }
  }
}

async function browserList({ vault, browsers }: AppServices): Promise<Browsers> {
  const pairings = listPairings(vault.opened).map(({ id, browser, at, lastAt }) => ({ id, browser, at, lastAt }))
  return { unreachable: browsers.unreachable(), browsers: await browsers.list(), pairings }
}

function settingsState(settings: AppServices['settings']): SettingsState {
  return {
    settings: settings.get(),
    ...{ shortcutWorks: settings.shortcutWorks(), typingUnavailable: settings.typingUnavailable() },
    ...{ hasTray: settings.hasTray(), autostartUnavailable: settings.autostartUnavailable() },
  }
}
