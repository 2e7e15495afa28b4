import { describe, expect, it } from 'vitest'
import { refusalCodes } from '../../preload/contract.ts'
import { refusalWords, remedyWords } from '../../renderer/words.ts'
import { readOnlyWords } from '../../renderer/words/readOnly.ts'

const entries = Object.entries(refusalWords)

describe('the words of a refusal', () => {
  it('are there for every code of the contract, and for no other', () => {
    expect(Object.keys(refusalWords).sort()).toEqual([...refusalCodes].sort())
  })

  it.each(entries)('%s: say what happened and what to do next, in whole sentences', (_code, words) => {
    expect(words.title).toMatch(/^[A-Z].*[^.!?]$/)
    expect(words.text).toMatch(/^[A-Z].*\.$/)
    expect(words.next).toMatch(/^[A-Z].*\.$/)
    expect(words.next.length).toBeGreaterThan(15)
  })

  it.each(entries)('%s: are plain: no exclamation mark, no code, no blame', (code, words) => {
    const all = `${words.title} ${words.text} ${words.next}`
    expect(all).not.toMatch(/!|oops|sorry|invalid|please|exception|undefined|null\b/i)
    if (code.includes('-')) expect(all).not.toContain(code)
  })

  it('have a title of their own for each code', () => {
    const titles = entries.map(([, words]) => words.title)
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('name a button for every remedy they offer', () => {
    const offered = entries.flatMap(([, words]) => (words.remedy === undefined ? [] : [words.remedy]))
    expect(offered.every((remedy) => remedyWords[remedy].length > 0)).toBe(true)
  })

  it('say of each keychain trouble what helps with that one', () => {
    const steps = refusalCodes.filter((code) => code.startsWith('keychain-')).map((code) => refusalWords[code].next)
    expect(new Set(steps).size).toBe(steps.length)
  })
})

describe('the words of a vault that is open for reading only', () => {
  it.each(refusalCodes)('%s: say that it is, and why, in whole sentences', (code) => {
    const { title, text } = readOnlyWords(code)
    expect(title).toMatch(/^Read-only: .*[^.!?]$/)
    expect(text).toMatch(/^[A-Z].*\.$/)
  })

  it.each(['keychain-reset', 'keychain-mismatch', 'profile-corrupt'] as const)('%s: say that nothing was deleted', (code) => {
    expect(readOnlyWords(code).text).toContain('Nothing was deleted.')
  })
})
