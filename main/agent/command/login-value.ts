import type { KeyRecord, KeyRef } from '../../vault/model/key.ts'
import type { AskingRequester } from '../../vault/model/requester.ts'
import { Refusal } from '../../vault/refusal.ts'
import { allowNextRelease, grantFor } from '../../vault/release/grants.ts'
import { release } from '../../vault/release/release.ts'
import { parseSite, widestDomain } from '../../vault/release/site-match.ts'
import { keysForOrigin, keysWithValue, learnSite } from '../../vault/release/sites.ts'
import type { Secret } from '../../vault/secret.ts'
import { requireWritable } from '../../vault/session/read-only.ts'
import type { UnlockedVault } from '../../vault/session/unlocked-vault.ts'
import { chooseKey, type KeyChoice } from '../key-choice.ts'

export interface LoginRequest {
  /** The site, and what the tool wants there. */
  readonly url: string
  readonly requester: AskingRequester
  /** Aborted when the tool is gone. */
  readonly withdrawn: AbortSignal
}

/**
 * The value with which a tool logs in to a site: of the one key that belongs to it. If none does, the person chooses one, which then belongs
 * to it. If several do, the person chooses one of them, unless they have already approved one for this tool.
 * @throws Refusal `site-invalid` for an address that no key can belong to; `read-only` if a choice could not be saved; those of `release`
 */
export async function loginValue(vault: UnlockedVault, prompts: KeyChoice, request: LoginRequest): Promise<Secret> {
  const { url, requester, withdrawn } = request
  const origin = /^https?:\/\//i.test(url) ? parseSite(url) : null
  if (origin === null) throw new Refusal('site-invalid')
  const candidates = keysForOrigin(vault, origin)
  const approved = candidates.find((key) => grantFor(vault, refOf(key), 'login', requester) !== undefined)
  const key =
    approved ?? (candidates.length === 1 ? candidates[0] : undefined) ?? (await choose(vault, prompts, candidates, origin, request))
  return release(vault, key.accountId, key.id, { purpose: 'login', requester, origin, detail: url, withdrawn })
}

async function choose(
  vault: UnlockedVault,
  prompts: KeyChoice,
  candidates: readonly KeyRecord[],
  origin: string,
  { requester, withdrawn }: LoginRequest,
): Promise<KeyRecord> {
  const isNew = candidates.length === 0
  if (isNew) requireWritable(vault)
  const domain = isNew ? widestDomain(origin, vault.registrableDomain) : null
  const keys = isNew ? keysWithValue(vault) : candidates
  const { key, subdomains } = await chooseKey(vault, prompts, keys, { origin, requester, domain, withdrawn })
  if (isNew) learnSite(vault, key.accountId, key.id, origin, subdomains)
  allowNextRelease(vault, refOf(key), 'login', requester)
  return key
}

function refOf({ accountId, id }: KeyRecord): KeyRef {
  return { accountId, keyId: id }
}
