import { describe, expect, it } from 'vitest'
import { refusalCodes } from '../../../preload/contract.ts'
import { de } from '../../../renderer/i18n/de.ts'
import { en } from '../../../renderer/i18n/en.ts'
import { readOnlyTexts } from '../../../renderer/i18n/readOnly.ts'
import { remedies } from '../../../renderer/i18n/remedies.ts'

const entries = Object.entries(en.refusals)
const every = [...Object.entries(en.refusals), ...Object.entries(de.refusals)]

describe('the texts of refusals', () => {
  it('exist for every code of the contract, and for no other', () => {
    for (const { refusals } of [en, de]) expect(Object.keys(refusals).sort()).toEqual([...refusalCodes].sort())
  })

  it.each(every)('%s: say what happened and what to do next, in whole sentences', (_code, words) => {
    expect(words.title).toMatch(/^\p{Lu}.*[^.!?]$/u)
    expect(words.text).toMatch(/^\p{Lu}.*\.$/u)
    expect(words.next).toMatch(/^\p{Lu}.*\.$/u)
    expect(words.next.length).toBeGreaterThan(15)
  })

  it.each(every)('%s: are plain: no exclamation mark, no code, no blame', (code, words) => {
    const all = `${words.title} ${words.text} ${words.next}`
    expect(all).not.toMatch(/!|oops|sorry|invalid|please|exception|undefined|null\b|\bbitte\b|leider|ungültig/i)
    if (code.includes('-')) expect(all).not.toContain(code)
  })

  it('have a different title for each code', () => {
    for (const { refusals } of [en, de]) {
      const titles = Object.values(refusals).map((words) => words.title)
      expect(new Set(titles).size).toBe(titles.length)
    }
  })

  it('include a button for every remedy', () => {
    for (const catalogue of [en, de]) {
      expect(Object.values(remedies).every((remedy) => catalogue.remedies[remedy].length > 0)).toBe(true)
    }
  })

  it('for each keychain problem say what helps with that one', () => {
    const steps = entries.filter(([code]) => code.startsWith('keychain-')).map(([, { next }]) => next)
    expect(new Set(steps).size).toBe(steps.length)
  })
})

describe('the texts of a read-only vault', () => {
  it.each(refusalCodes)('%s: say that it is read-only, and why, in whole sentences', (code) => {
    const { title, text } = readOnlyTexts(code)
    expect(title).toMatch(/^Read-only: .*[^.!?]$/)
    expect(text).toMatch(/^[A-Z].*\.$/)
  })

  it.each(['keychain-reset', 'keychain-mismatch', 'keychain-damaged', 'profile-corrupt'] as const)(
    '%s: say that nothing was deleted',
    (code) => {
      expect(readOnlyTexts(code).text).toContain('Nothing was deleted.')
      expect(de.readOnly.reasons[code].text).toContain('Nichts wurde gelöscht.')
    },
  )
})
