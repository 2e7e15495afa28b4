import type { LeftOver, News } from '../../../../preload/contract.ts'
import { newsFacts, newsSubjects, type NewsRemedy } from '../../../i18n/news.ts'
import { texts } from '../../../i18n/texts.svelte.ts'

/** All news in one line, failures first: `1 change not made, 2 changes made elsewhere`. */
export function newsSummary(news: readonly News[]): string {
  const t = texts().news
  return newsSubjects
    .map((of) => ({ of, count: news.filter(({ what }) => newsFacts[what].of === of).length }))
    .filter(({ count }) => count > 0)
    .map(({ of, count }, place) => (place === 0 ? t.summaries[of](count) : t.panel.goingOn(t.summaries[of](count))))
    .join(', ')
}

/** Whether any of the news reports a failure or an unexpected state. */
export function isBad(news: readonly News[]): boolean {
  return news.some(({ what }) => newsFacts[what].of === 'failed' || newsFacts[what].of === 'file')
}

/** What happened, in a sentence: `ci-deploy was deleted elsewhere`. */
export function newsLine({ what, name }: News): string {
  return texts().news.kinds[what].what(name)
}

/** The same sentence as a function of the key's name. */
export function newsSentence({ what }: News): (name: string) => string {
  return texts().news.kinds[what].what
}

/** The remedy for a piece of news, if it still applies: a key that was deleted since cannot be shown. */
export function remedyOf(item: News, keyIds: ReadonlySet<string>, trash: readonly LeftOver[]): NewsRemedy | null {
  const { remedy } = newsFacts[item.what]
  if (remedy === 'show') return item.keyId !== null && keyIds.has(item.keyId) ? remedy : null
  if (remedy === 'trash') return trash.some(({ id }) => id === item.keyId) ? remedy : null
  return remedy
}

/** How the row of a key is marked. If there are several pieces of news, `new` wins over `changed`. */
export function markOf(keyId: string, news: readonly News[]): 'new' | 'changed' | null {
  const marks = news.filter((item) => item.keyId === keyId).map((item) => newsFacts[item.what].mark)
  return marks.find((mark) => mark === 'new') ?? marks.find((mark) => mark !== null) ?? null
}
