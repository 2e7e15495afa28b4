import { addPairing } from '../../../main/vault/pairings.ts'
import type { AskingRequester } from '../../../main/vault/requester.ts'
import { Secret } from '../../../main/vault/secret.ts'
import type { House } from './house.ts'

type Program = Extract<AskingRequester, { kind: 'program' }>
type SiteRequester = Extract<AskingRequester, { kind: 'site' }>

/** A shell in a terminal. */
export const shell: Program = {
  kind: 'program',
  program: '/usr/bin/zsh',
  folder: '/home/ada/deploy',
  terminal: 'pts/3',
  session: '4711:99',
}

export const origin = 'https://console.example.com'

/** The extension of a browser that this vault is paired with, at a site. */
export function pairedSite(house: House, at = origin): SiteRequester {
  const [known] = house.opened.cache.pairings()
  const { id, browser } = known ?? addPairing(house.opened, { browser: '/usr/bin/firefox', theirKey: 'BKey', ourKey: new Secret('ours') })
  return { kind: 'site', origin: at, browser, pairing: id }
}
