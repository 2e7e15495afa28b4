import type { BrowserCallName, BrowserCalls, Offer, Place } from '../../../clients/shared/protocol/browser.ts'
import { maxOffers } from '../../../clients/shared/secure-session/calls.ts'
import { allowNextRelease } from '../../vault/release/grants.ts'
import type { KeyRecord } from '../../vault/model/key.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import type { AskingRequester } from '../../vault/model/requester.ts'
import { requireWritable } from '../../vault/session/read-only.ts'
import { Refusal } from '../../vault/refusal.ts'
import type { KeyRef } from '../../vault/model/key.ts'
import { release } from '../../vault/release/release.ts'
import { commonOrigin, widestDomain } from '../../vault/release/site-match.ts'
import { keysForOrigin, keysWithValue, learnSite } from '../../vault/release/sites.ts'
import { accountLabel, chooseKey } from '../key-choice.ts'
import type { BrowserPrompts } from './browser-parts.ts'
import { OfferedKeys } from './offered-keys.ts'

export interface BrowserCallParts {
  readonly vault: UnlockedVault
  /** The id of the pairing whose key the extension has proved. */
  readonly pairing: string
  /** The browser's program. */
  readonly browser: string
  readonly prompts: BrowserPrompts
  /** Aborted when the connection ends. */
  readonly withdrawn: AbortSignal
}

export type BrowserHandlers = {
  readonly [N in BrowserCallName]: (input: BrowserCalls[N]['input']) => Promise<BrowserCalls[N]['output']>
}

/** The calls of a paired extension. It sees keys only at their own sites, and gets a value only with a person's approval. */
export function browserHandlers({ vault, pairing, browser, prompts, withdrawn }: BrowserCallParts): BrowserHandlers {
  const known = new OfferedKeys()
  const requester = (origin: string): AskingRequester => ({ kind: 'site', origin, browser, pairing })

  function offer(keys: readonly KeyRecord[], origin: string): Offer[] {
    return keys.slice(0, maxOffers).map((key) => ({
      ref: known.refFor(nameOf(key), origin),
      name: key.name,
      account: accountLabel(vault, key),
    }))
  }

  return {
    async offers({ place }) {
      const origin = requireOrigin(place)
      return { keys: offer(keysForOrigin(vault, origin), origin), locked: vault.keychainTrouble() !== null }
    },

    async fill({ place, ref }) {
      const origin = requireOrigin(place)
      const key = known.keyOf(origin, ref)
      if (key === undefined) throw new Refusal('site-refused')
      const value = await release(vault, key.accountId, key.keyId, { purpose: 'fill', requester: requester(origin), withdrawn })
      return { value: value.expose() }
    },

    async learn({ place }) {
      requireWritable(vault)
      const origin = requireOrigin(place)
      const keys = keysWithValue(vault)
      const domain = widestDomain(origin, vault.registrableDomain)
      const { key, subdomains } = await chooseKey(vault, prompts, keys, { origin, requester: requester(origin), domain, withdrawn })
      learnSite(vault, key.accountId, key.id, origin, subdomains)
      allowNextRelease(vault, nameOf(key), 'fill', requester(origin))
      return { keys: offer([key], origin) }
    },
  }
}

/** @throws Refusal `site-refused` for a page or frame where nothing may be filled */
function requireOrigin(place: Place): string {
  const origin = commonOrigin(place)
  if (origin === null) throw new Refusal('site-refused')
  return origin
}

function nameOf({ accountId, id }: KeyRecord): KeyRef {
  return { accountId, keyId: id }
}
