import { describe, expect, it } from 'vitest'
import { de } from '../../../renderer/i18n/de.ts'
import { en } from '../../../renderer/i18n/en.ts'
import { formsOf } from '../../../renderer/i18n/forms.ts'
import { language, speak, texts } from '../../../renderer/i18n/texts.svelte.ts'

type Text = readonly [path: string, text: unknown]

/** Every text of a catalogue, with where it is. Functions give one when they are called. Each language names its own keyboard's keys. */
function textsOf(part: object, path = ''): Text[] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    `${path}${key}` === 'look.keys'
      ? []
      : typeof value === 'object' && value !== null
        ? textsOf(value, `${path}${key}.`)
        : [[`${path}${key}`, value] as const],
  )
}

const [english, german] = [textsOf(en), textsOf(de)]
const germanAt = new Map(german)

describe('the catalogues', () => {
  it('have the same texts, and of the same kind', () => {
    const kinds = (all: readonly Text[]): string[] => all.map(([path, text]) => `${path}: ${typeof text}`).sort()
    expect(kinds(german)).toEqual(kinds(english))
    expect(english.length).toBeGreaterThan(700)
  })

  it('have no empty text', () => {
    const empty = [...english, ...german].filter(([, text]) => typeof text === 'string' && text.trim() === '')
    expect(empty).toEqual([])
  })

  it('say no sentence in the same words', () => {
    const same = english.filter(([path, text]) => typeof text === 'string' && /\p{L} .*\.$/su.test(text) && germanAt.get(path) === text)
    expect(same).toEqual([])
  })

  it('never call the reader du, and quote as each language does', () => {
    const strings = (all: readonly Text[]): string[] => all.flatMap(([, text]) => (typeof text === 'string' ? [text] : []))
    expect(strings(german).filter((text) => /\b(?:du|dein\w*|dir|dich)\b|["']|”/i.test(text))).toEqual([])
    expect(strings(german).filter((text) => /[^\u00a0]…$/.test(text))).toEqual([]) // a space before it, that does not break
    expect(strings(english).filter((text) => /["']|„/.test(text))).toEqual([])
  })

  // What went wrong: who keeps values in a passphrase vault was told that they go to a keychain.
  it('say nothing of a keychain to who has a passphrase vault, where a text has both', () => {
    const asKept = [...english, ...german].filter(([path]) => path.endsWith('.passphrase'))
    const said = asKept.map(([, text]) => (typeof text === 'function' ? String((text as (name: string) => unknown)('a')) : text))
    expect(said.length).toBeGreaterThan(16)
    expect(said.filter((text) => typeof text === 'string' && /keychain|Schlüsselbund/i.test(text))).toEqual([])
  })

  // What went wrong: “Weg seit vor 3 Tagen”. A time that has passed is written as `vor 3 Tagen`, `gestern`.
  it('need no second preposition before a time that follows', () => {
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

describe('the language that is spoken', () => {
  it('changes what is read, and back', async () => {
    await speak('de')
    expect([language(), texts().actions.close]).toEqual(['de', 'Schließen'])
    await speak('en')
    expect([language(), texts().actions.close]).toEqual(['en', 'Close'])
  })

  it('is the one that was asked for last, whichever arrives first', async () => {
    await Promise.all([speak('de'), speak('en')])
    expect(language()).toBe('en')
  })
})

describe('words by number', () => {
  it('follow the rules of their language, and numbers its style', () => {
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
