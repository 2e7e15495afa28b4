import { noDetails } from '../../../../shared/key-details.ts'
import type { Account, Key, KeyList, News, Waiting } from '../../../../preload/contract.ts'

/** Minimal samples of main's data. Each test states what it needs in `facts`. */
export const accountId = '1'.repeat(16)

export function idOf(place: number): string {
  return place.toString(16).padStart(24, '0')
}

export function key(name: string, place: number, facts: Partial<Key> = {}): Key {
  return {
    id: idOf(place),
    name,
    enabled: true,
    createdAt: place * 1000,
    lastFour: null,
    value: 'here',
    verified: null,
    service: null,
    details: noDetails,
    ...facts,
  }
}

export function listOf(keys: Key[], facts: Partial<KeyList> = {}): KeyList {
  return {
    accountId,
    keys,
    limit: 20,
    syncedAt: 0,
    connection: 'online',
    trouble: null,
    waiting: [],
    news: [],
    trash: [],
    keychain: null,
    ...facts,
  }
}

export function change(kind: Waiting['kind'], name: string, place: number | null, facts: Partial<Waiting> = {}): Waiting {
  const id = (place ?? 99).toString(16).padStart(16, '0')
  return { id, kind, keyId: place === null ? null : idOf(place), name, at: 0, sent: false, ...facts }
}

export function told(what: News['what'], name: string, place: number | null, facts: Partial<News> = {}): News {
  return { id: '0'.repeat(16), what, keyId: place === null ? null : idOf(place), name, at: 0, ...facts }
}

export const account: Account = {
  id: accountId,
  kind: 'server',
  server: { url: 'https://keys.example.com', appId: 'team' },
  method: 'email',
  email: 'dev@example.com',
  userId: 'u',
  signedIn: true,
  managesKeys: true,
  label: null,
  colour: null,
}
