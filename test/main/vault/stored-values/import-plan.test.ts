import { describe, expect, it } from 'vitest'
import { nameFrom, planImport } from '../../../../main/vault/stored-values/import-plan.ts'
import { parseKeyName } from '../../../../main/vault/model/key.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { storeValues } from '../../../../main/vault/stored-values/stored-values.ts'
import { localVault, newKey } from '../fixtures/vault.ts'

const value = (text: string) => new Secret(`${text}-0123456789abcdef`)

describe('the plan of an import', () => {
  it.each([
    ['STRIPE_KEY', 'STRIPE_KEY'],
    ['GitHub (work) / token', 'GitHub-work-token'],
    ['Töpfe', 'Topfe'],
    ['Ключ', 'Klyuch'],
    ['ключ від щита', 'klyuch-vid-shchita'],
    ['ЩИТ', 'ShchIT'],
    ['Straße', 'Strasse'],
    ['Łódź/Århus Ærø', 'Lodz-Arhus-Aero'],
    ['Κλειδί', 'Kleidi'],
    ['日本 GitHub', 'GitHub'],
    ['日本', 'value'],
    ['  ', 'value'],
    ['-a-', 'a'],
    ['x'.repeat(70), 'x'.repeat(64)],
  ])('has valid key names: %j', (text, name) => {
    expect(nameFrom(text)).toBe(name)
    expect(parseKeyName(nameFrom(text))).toBe(name)
  })

  it('has no name twice, nor one that is taken', async () => {
    const { fixture } = await localVault()
    await storeValues(fixture.opened, [{ name: 'token', value: value('a') }])
    const found = ['token', 'Token', 'x'.repeat(80), 'x'.repeat(80)].map((name, at) => ({ name, value: value(String(at)) }))
    const planned = await planImport(fixture.opened, found)
    expect(planned.map(({ name }) => name)).toEqual(['token-2', 'Token-3', 'x'.repeat(64), `${'x'.repeat(62)}-2`])
    await storeValues(fixture.opened, planned)
  })

  it('has a name for each of the maximum number of values that share a name', async () => {
    const { fixture } = await localVault()
    const planned = await planImport(
      fixture.opened,
      Array.from({ length: 1000 }, (_, at) => ({ name: at % 2 === 0 ? 'key' : 'KEY', value: value(String(at)) })),
    )
    expect(new Set(planned.map(({ name }) => name.toLowerCase())).size).toBe(1000)
    expect([planned[0]?.name, planned[999]?.name]).toEqual(['key', 'KEY-1000'])
  })

  it('reports the values that any account already has, and those that the file repeats', async () => {
    const { fixture, account } = await localVault()
    const mine = await newKey(fixture, account, 'ci')
    await storeValues(fixture.opened, [{ name: 'kept', value: value('kept') }])
    const found = [
      { name: 'a', value: new Secret(mine.value) },
      { name: 'b', value: value('kept') },
      { name: 'c', value: value('new') },
      { name: 'd', value: value('new') },
      { name: 'e', value: new Secret('short') },
    ]
    expect((await planImport(fixture.opened, found)).map(({ same, repeated }) => [same, repeated])).toEqual([
      [{ name: 'ci', account: 'This computer' }, false],
      [{ name: 'kept', account: 'Stored values' }, false],
      [null, false],
      [null, true],
      [null, false],
    ])
  })
})
