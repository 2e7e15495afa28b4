import { describe, expect, it } from 'vitest'
import { isBad, markOf, newsLine, newsSummary, remedyOf } from '../../../../../renderer/features/keys/sync/newsStory.ts'
import { newsKinds } from '../../../../../shared/lists/news-kinds.ts'
import { de } from '../../../../../renderer/i18n/de.ts'
import { en } from '../../../../../renderer/i18n/en.ts'
import { idOf, told } from '../samples.ts'

const leftOver = { id: idOf(1), name: 'ci', lastFour: null, goneAt: 0, purgedAt: 1 }

describe('the summary of news', () => {
  it('counts what happened elsewhere', () => {
    expect(newsSummary([told('made', 'a', 1)])).toBe('1 change made elsewhere')
    expect(newsSummary([told('made', 'a', 1), told('gone', 'b', 2)])).toBe('2 changes made elsewhere')
  })

  it('begins with failures, whatever came first', () => {
    const news = [told('gone', 'a', 1), told('created', 'b', 2), told('not-created-full', 'c', null), told('cache-rebuilt', '', null)]
    expect(newsSummary(news)).toBe('Key list rebuilt, 1 change not made, 1 key created, 1 change made elsewhere')
  })

  it('is empty when nothing happened', () => {
    expect(newsSummary([])).toBe('')
  })
})

describe('a piece of news', () => {
  it('names the key and what happened to it', () => {
    expect(newsLine(told('gone', 'ci-deploy', 1))).toBe('ci-deploy was deleted elsewhere')
    expect(newsLine(told('cache-rebuilt', '', null))).toBe('Your key list was rebuilt')
  })

  it.each(newsKinds)('%s: is worded in whole sentences, without blame or alarm', (what) => {
    for (const { news } of [en, de]) {
      expect(news.kinds[what].text).toMatch(/^[A-Z].*\.$/)
      expect(`${news.kinds[what].what('ci')} ${news.kinds[what].text}`).not.toMatch(/!|sorry|oops|error|fail|leider/i)
    }
  })

  it('about a rebuilt list says that nothing was deleted', () => {
    expect(en.news.kinds['cache-rebuilt'].text).toContain('Nothing was deleted')
    expect(de.news.kinds['cache-rebuilt'].text).toContain('Nichts wurde gelöscht')
  })

  it("is marked bad if the user's own change was not made", () => {
    const bad = newsKinds.filter((what) => isBad([told(what, 'a', 1)]))
    expect(bad).toEqual(newsKinds.filter((what) => what.startsWith('not-') || what === 'older-file'))
  })
})

describe('the remedy for a piece of news', () => {
  it('opens the key while it exists', () => {
    expect(remedyOf(told('made', 'ci', 1), new Set([idOf(1)]), [])).toBe('show')
    expect(remedyOf(told('made', 'ci', 1), new Set(), [])).toBeNull()
  })

  it('opens the trash while the value is in it', () => {
    expect(remedyOf(told('gone', 'ci', 1), new Set(), [leftOver])).toBe('trash')
    expect(remedyOf(told('gone', 'ci', 2), new Set(), [leftOver])).toBeNull()
  })

  it('creates the key that could not be created', () => {
    const kinds = newsKinds.filter((what) => what.startsWith('not-created'))
    expect(kinds.map((what) => remedyOf(told(what, 'ci', null), new Set(), []))).toEqual(kinds.map(() => 'create'))
  })
})

describe('the mark of a row in the key list', () => {
  it('is shown until the news about the key is dismissed', () => {
    expect(markOf(idOf(1), [told('disabled', 'a', 1), told('made', 'b', 2)])).toBe('changed')
    expect(markOf(idOf(3), [told('disabled', 'a', 1)])).toBeNull()
  })

  it('says new for a key that was created and changed since', () => {
    expect(markOf(idOf(1), [told('disabled', 'a', 1), told('made', 'a', 1)])).toBe('new')
  })
})
