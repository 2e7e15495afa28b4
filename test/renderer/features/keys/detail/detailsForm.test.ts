import { describe, expect, it } from 'vitest'
import { DetailsForm } from '../../../../../renderer/features/keys/detail/detailsForm.svelte.ts'
import { offeredTags } from '../../../../../renderer/features/keys/detail/offeredTags.ts'
import { type KeyDetails, noDetails } from '../../../../../shared/key-details.ts'
import { key } from '../samples.ts'

const details: KeyDetails = {
  ...{ notes: 'Ask Grace', tags: ['billing', 'on call'], environment: 'test', user: 'ada' },
  ...{ expires: '2027-01-31', renewal: 'https://renewal.example/' },
}

describe('the form for the details of a key', () => {
  it('begins with what is written down, which counts as unchanged until it is another', () => {
    const form = new DetailsForm(details)
    expect([form.tags, form.environment, form.isChanged, form.fault]).toEqual(['billing, on call', 'test', false, null])
    form.tags = ' billing ,on  call,, '
    expect(form.isChanged).toBe(false)
    form.environment = 'none'
    expect([form.isChanged, form.typed.environment]).toEqual([true, null])
  })

  it.each([
    ['tags', 'x'.repeat(33)],
    ['user', 'x'.repeat(129)],
    ['renewal', 'renewal.example'],
    ['notes', 'x'.repeat(2001)],
  ] as const)('names %s as the field that cannot be stored', (field, text) => {
    const form = new DetailsForm(noDetails)
    form[field] = text
    expect([form.fault, form.isChanged]).toEqual([field, true])
  })

  it('offers the tags in use that begin as what is typed, the most frequent first, and none that it has', () => {
    const keys = [['team', 'Ops'], ['ops', 'team'], ['team', 'on call'], ['billing']].map((tags, at) =>
      key(`key-${at}`, at, { details: { ...noDetails, tags } }),
    )
    const form = new DetailsForm(noDetails)
    expect(offeredTags(keys, form.tags)).toEqual(['team', 'Ops', 'billing', 'on call', 'ops'])
    form.tags = 'O'
    expect(offeredTags(keys, form.tags)).toEqual(['Ops', 'on call', 'ops'])
    form.complete('on call')
    expect(form.tags).toBe('on call, ')
    form.tags += 'te'
    expect(offeredTags(keys, form.tags)).toEqual(['team'])
    form.complete('team')
    expect([form.tags, form.typed.tags, form.fault]).toEqual(['on call, team, ', ['on call', ' team', ' '], null])
    form.tags = 'on call'
    expect(offeredTags(keys, form.tags)).toEqual([])
  })
})
