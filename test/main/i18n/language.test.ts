import { afterEach, describe, expect, it } from 'vitest'
import { languageOf } from '../../../main/i18n/language.ts'
import { onLanguageChange, setLanguage, currentLanguage, texts } from '../../../main/i18n/texts.ts'

afterEach(() => setLanguage('en'))

describe('the selected language', () => {
  it('is the one chosen, whatever the system prefers', () => expect(languageOf('en', ['de-DE'])).toBe('en'))

  it.each([
    [['de-AT', 'en-GB'], 'de'],
    [['en-US', 'de-DE'], 'en'],
    [['fr-FR', 'de'], 'de'],
    [['de_CH'], 'de'],
    [['DE'], 'de'],
    [['den-CA', 'fr'], 'en'],
    [[], 'en'],
  ] as const)('is, of a system that prefers %j, %s', (preferred, language) => expect(languageOf('system', preferred)).toBe(language))

  it('changes at once, and who shows words hears of it, but not of a language that is spoken already', () => {
    const heard: string[] = []
    onLanguageChange(() => heard.push(texts().menu.lock))
    setLanguage('de')
    setLanguage('de')
    expect(currentLanguage()).toBe('de')
    setLanguage('en')
    expect(heard).toEqual(['Sperren', 'Lock'])
  })
})
