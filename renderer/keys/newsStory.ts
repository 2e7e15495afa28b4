import type { LeftOver, News } from '../../preload/contract.ts'
import { newsWords, type NewsRemedy, type NewsWords } from '../words/news.ts'

const summaries: Record<NewsWords['of'], (count: number) => string> = {
  vault: () => 'The key list was rebuilt',
  failed: (count) => `${count} ${count === 1 ? 'change' : 'changes'} not made`,
  done: (count) => `${count} ${count === 1 ? 'key' : 'keys'} created`,
  elsewhere: (count) => `${count} ${count === 1 ? 'change' : 'changes'} made elsewhere`,
}

/** All news in a line, what went wrong first: `1 change not made, 2 changes made elsewhere`. */
export function newsSummary(news: readonly News[]): string {
  const kinds = ['vault', 'failed', 'done', 'elsewhere'] as const
  return kinds
    .map((of) => ({ of, count: news.filter(({ what }) => newsWords[what].of === of).length }))
    .filter(({ count }) => count > 0)
    .map(({ of, count }, place) => (place === 0 ? summaries[of](count) : summaries[of](count).toLowerCase()))
    .join(', ')
}

/** Whether any of it says that something was not done. */
export function isBad(news: readonly News[]): boolean {
  return news.some(({ what }) => newsWords[what].of === 'failed')
}

/** What happened, in a sentence: `ci-deploy was deleted elsewhere`. */
export function newsLine({ what, name }: News): string {
  return newsWords[what].of === 'vault' ? newsWords[what].what : `${name} ${newsWords[what].what}`
}

/** The remedy of a piece of news, where it can still be had: a key that went since cannot be shown. */
export function remedyOf(item: News, keyIds: ReadonlySet<string>, trash: readonly LeftOver[]): NewsRemedy | null {
  const { remedy } = newsWords[item.what]
  if (remedy === 'show') return item.keyId !== null && keyIds.has(item.keyId) ? remedy : null
  if (remedy === 'trash') return trash.some(({ id }) => id === item.keyId) ? remedy : null
  return remedy
}

/** How the row of a key is marked; of several pieces of news, `New` says more than `Changed`. */
export function markOf(keyId: string, news: readonly News[]): 'New' | 'Changed' | null {
  const marks = news.filter((item) => item.keyId === keyId).map((item) => newsWords[item.what].mark)
  return marks.find((mark) => mark === 'New') ?? marks.find((mark) => mark !== null) ?? null
}
