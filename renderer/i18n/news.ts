import type { NewsKind } from '../../shared/lists/news-kinds.ts'

/** The action of the button beside a piece of news. */
export type NewsRemedy = 'show' | 'trash' | 'create'

/**
 * The subjects of news, in the order in which they are summed up. `file`: the vault’s file is not the newest. `vault`: this computer’s own.
 * `failed`, `done`: the outcome of a pending change. `elsewhere`: another computer or program made the change.
 */
export const newsSubjects = ['file', 'vault', 'failed', 'done', 'elsewhere'] as const

/** What a piece of news is about. Its texts are in the catalogues. */
export interface NewsFacts {
  readonly of: (typeof newsSubjects)[number]
  readonly remedy: NewsRemedy | null
  /** How the key’s row is marked until the news is dismissed. */
  readonly mark: 'new' | 'changed' | null
}

export const newsFacts: Record<NewsKind, NewsFacts> = {
  made: { of: 'elsewhere', remedy: 'show', mark: 'new' },
  enabled: { of: 'elsewhere', remedy: 'show', mark: 'changed' },
  disabled: { of: 'elsewhere', remedy: 'show', mark: 'changed' },
  gone: { of: 'elsewhere', remedy: 'trash', mark: null },
  back: { of: 'elsewhere', remedy: 'show', mark: 'new' },
  created: { of: 'done', remedy: 'show', mark: 'new' },
  'not-created': { of: 'failed', remedy: 'create', mark: null },
  'not-created-name-taken': { of: 'failed', remedy: 'create', mark: null },
  'not-created-full': { of: 'failed', remedy: 'create', mark: null },
  'not-created-refused': { of: 'failed', remedy: 'create', mark: null },
  'not-changed-gone': { of: 'failed', remedy: 'trash', mark: null },
  'not-deleted-enabled': { of: 'failed', remedy: 'show', mark: 'changed' },
  'not-created-restored': { of: 'failed', remedy: 'create', mark: null },
  'not-enabled-restored': { of: 'failed', remedy: 'show', mark: null },
  'not-disabled-restored': { of: 'failed', remedy: 'show', mark: null },
  'not-deleted-restored': { of: 'failed', remedy: 'show', mark: null },
  'older-file': { of: 'file', remedy: null, mark: null },
  'cache-rebuilt': { of: 'vault', remedy: null, mark: null },
}
