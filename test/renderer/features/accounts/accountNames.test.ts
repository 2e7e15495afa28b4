import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Account } from '../../../../preload/contract.ts'
import { accountName, accountPlace, translatedName } from '../../../../renderer/features/accounts/accountNames.ts'
import { accountLabel } from '../../../../main/vault/keys/find-key.ts'
import { ownNames } from '../../../../renderer/i18n/ownNames.ts'
import { setLanguage } from '../../../../renderer/i18n/texts.svelte.ts'

const ada: Account = {
  id: '1'.repeat(16),
  kind: 'server',
  server: { url: 'https://keys.example.com:8443', appId: 'team-abcde' },
  method: 'email',
  email: 'ada@example.com',
  userId: '65f0c0ffee0000000000beef',
  signedIn: true,
  managesKeys: true,
  label: null,
  colour: null,
}

describe("an account's name in the menu", () => {
  it.each([
    [ada, 'ada@example.com', 'keys.example.com:8443 · team-abcde'],
    [{ ...ada, kind: 'local', server: null, method: 'local', email: null }, 'This computer', 'Vault without a server'],
    [{ ...ada, method: 'anonymous', email: null }, 'Anonymous beef', 'keys.example.com:8443 · team-abcde'],
    [{ ...ada, method: 'api-key', email: null }, 'API key user beef', 'keys.example.com:8443 · team-abcde'],
    [{ ...ada, method: 'custom-token', email: null }, 'User beef', 'keys.example.com:8443 · team-abcde'],
    [
      { ...ada, kind: 'values', server: null, method: 'values', email: null, userId: '' },
      'Stored values',
      'From elsewhere, without a server',
    ],
    [
      { ...ada, server: { url: 'https://example.com/latchkey', appId: 'team-abcde' } },
      'ada@example.com',
      'example.com/latchkey · team-abcde',
    ],
    [{ ...ada, label: 'Work' }, 'Work', 'ada@example.com · keys.example.com:8443 · team-abcde'],
    [{ ...ada, kind: 'local', server: null, method: 'local', email: null, label: 'Home' }, 'Home', 'Vault without a server'],
  ] satisfies [Account, string, string][])('has a first and a second line that distinguish it: %#', (account, name, place) => {
    expect(accountName(account)).toBe(name)
    expect(accountPlace(account)).toBe(place)
  })
})

describe('an account name that main sends', () => {
  beforeAll(() => setLanguage('de'))
  afterAll(() => setLanguage('en'))

  it.each(['local', 'values'] as const)('matches main’s name for a vault of %s', (method) => {
    const account = { id: '1'.repeat(16), server: null, method, email: null, userId: '', signedIn: true, syncedAt: null, trouble: null }
    expect(ownNames.get(accountLabel(account, [account], []))).toBe(method)
  })

  it.each([
    ['This computer', 'Dieser Computer'],
    ['Stored values', 'Gespeicherte Werte'],
    ['ada@example.com', 'ada@example.com'],
  ])('%s is translated to the current language', (name, spoken) => {
    expect(translatedName(name)).toBe(spoken)
  })
})
