import { describe, expect, it } from 'vitest'
import { de } from '../../../renderer/i18n/de.ts'
import { en } from '../../../renderer/i18n/en.ts'
import { formsOf } from '../../../renderer/i18n/forms.ts'
import { language, setLanguage, texts } from '../../../renderer/i18n/texts.svelte.ts'

type Text = readonly [path: string, text: unknown]

/** Every text of a catalogue with its path. Functions are called to get theirs. Each language has its own names of keyboard keys. */
function textsOf(part: object, path = ''): Text[] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    `${path}${key}` === 'ui.keys'
      ? []
      : typeof value === 'object' && value !== null
        ? textsOf(value, `${path}${key}.`)
        : [[`${path}${key}`, value] as const],
  )
}

const [english, german] = [textsOf(en), textsOf(de)]
const germanAt = new Map(german)

describe('the catalogues of texts', () => {
  it('have the same keys with the same types', () => {
    const kinds = (all: readonly Text[]): string[] => all.map(([path, text]) => `${path}: ${typeof text}`).sort()
    expect(kinds(german)).toEqual(kinds(english))
    expect(english.length).toBeGreaterThan(700)
  })

  it('have no empty text', () => {
    const empty = [...english, ...german].filter(([, text]) => typeof text === 'string' && text.trim() === '')
    expect(empty).toEqual([])
  })

  it('never use the same sentence for two texts', () => {
    const same = english.filter(([path, text]) => typeof text === 'string' && /\p{L} .*\.$/su.test(text) && germanAt.get(path) === text)
    expect(same).toEqual([])
  })

  it("never use du for the reader, and use each language's quotation marks", () => {
    const strings = (all: readonly Text[]): string[] => all.flatMap(([, text]) => (typeof text === 'string' ? [text] : []))
    expect(strings(german).filter((text) => /\b(?:du|dein\w*|dir|dich)\b|["']|”/i.test(text))).toEqual([])
    expect(strings(german).filter((text) => /[^\u00a0]…$/.test(text))).toEqual([]) // preceded by a no-break space
    expect(strings(english).filter((text) => /["']|„/.test(text))).toEqual([])
  })

  // Regression: users of a passphrase vault were told that values go to a keychain.
  it('do not mention a keychain to users of a passphrase vault, where a text has both versions', () => {
    const asKept = [...english, ...german].filter(([path]) => path.endsWith('.passphrase'))
    const said = asKept.map(([, text]) => (typeof text === 'function' ? String((text as (name: string) => unknown)('a')) : text))
    expect(said.length).toBeGreaterThan(16)
    expect(said.filter((text) => typeof text === 'string' && /keychain|Schlüsselbund/i.test(text))).toEqual([])
  })

  // Regression: “Weg seit vor 3 Tagen”. A past time is written as `vor 3 Tagen`, `gestern`.
  it('have no preposition before a relative time', () => {
    const leads = [
      de.keyDialogs.left.gone,
      de.keyDialogs.waiting.noted,
      de.keys.foot.synced,
      de.browsers.pairing.paired,
      de.browsers.pairing.lastUsed,
    ]
    expect(leads.filter((text) => /\b(?:seit|vor|am|um)$/.test(text))).toEqual([])
  })
})

describe('the language of the texts', () => {
  it('changes the texts, and back', async () => {
    await setLanguage('de')
    expect([language(), texts().actions.close]).toEqual(['de', 'Schließen'])
    await setLanguage('en')
    expect([language(), texts().actions.close]).toEqual(['en', 'Close'])
  })

  it('is the one that was requested last, whichever loads first', async () => {
    await Promise.all([setLanguage('de'), setLanguage('en')])
    expect(language()).toBe('en')
  })
})

describe('plurals and numbers', () => {
  it('follow the rules of their language', () => {
    const [english, german] = [formsOf('en-GB'), formsOf('de-DE')]
    expect([0, 1, 2, 1200].map((keys) => english.count(keys, { one: 'key', other: 'keys' }))).toEqual([
      '0 keys',
      '1 key',
      '2 keys',
      '1,200 keys',
    ])
    expect([1, 1200].map((days) => german.count(days, { one: 'Tag', other: 'Tage' }))).toEqual(['1 Tag', '1.200 Tage'])
    expect(formsOf('pl').form(3, { one: 'klucz', few: 'klucze', other: 'kluczy' })).toBe('klucze')
  })
})
