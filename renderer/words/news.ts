import type { NewsKind } from '../../preload/contract.ts'

/** What a button beside a piece of news can do about it. */
export type NewsRemedy = 'show' | 'trash' | 'create'

export const newsRemedyWords: Record<NewsRemedy, string> = {
  show: 'Show key',
  trash: 'Open trash',
  create: 'Create again…',
}

export interface NewsWords {
  /** `elsewhere`: by another computer or program · `done`, `failed`: a change that waited · `vault`: this computer’s own */
  readonly of: 'elsewhere' | 'done' | 'failed' | 'vault'
  /** Follows the key’s name; a whole sentence where no key is meant. */
  readonly what: string
  /** What it means, or what to do next. */
  readonly text: string
  readonly remedy: NewsRemedy | null
  /** How the key’s row is marked until the news is dismissed. */
  readonly mark: 'New' | 'Changed' | null
}

export const newsWords: Record<NewsKind, NewsWords> = {
  made: {
    of: 'elsewhere',
    what: 'was created elsewhere',
    text: 'If its value is not on this computer, you can add it.',
    remedy: 'show',
    mark: 'New',
  },
  enabled: {
    of: 'elsewhere',
    what: 'was enabled elsewhere',
    text: 'Logins with it are accepted.',
    remedy: 'show',
    mark: 'Changed',
  },
  disabled: {
    of: 'elsewhere',
    what: 'was disabled elsewhere',
    text: 'Logins with it are refused until it is enabled again.',
    remedy: 'show',
    mark: 'Changed',
  },
  gone: {
    of: 'elsewhere',
    what: 'was deleted elsewhere',
    text: 'If its value was here, it is kept in the trash for 30 days.',
    remedy: 'trash',
    mark: null,
  },
  back: {
    of: 'elsewhere',
    what: 'is on the server again',
    text: 'The value that was kept for it is out of the trash.',
    remedy: 'show',
    mark: 'New',
  },
  created: {
    of: 'done',
    what: 'was created',
    text: 'It waited for the server. Its value is safe.',
    remedy: 'show',
    mark: 'New',
  },
  'not-created': {
    of: 'failed',
    what: 'was not created',
    text: 'The connection broke while the server was asked, and the server did not make it.',
    remedy: 'create',
    mark: null,
  },
  'not-created-name-taken': {
    of: 'failed',
    what: 'was not created',
    text: 'The server has a key of this name already. Create it under another name.',
    remedy: 'create',
    mark: null,
  },
  'not-created-full': {
    of: 'failed',
    what: 'was not created',
    text: 'The account has no room for another key. Delete one, then create it again.',
    remedy: 'create',
    mark: null,
  },
  'not-created-refused': {
    of: 'failed',
    what: 'was not created',
    text: 'The server refused it. Create it again to see why.',
    remedy: 'create',
    mark: null,
  },
  'not-changed-gone': {
    of: 'failed',
    what: 'was not changed',
    text: 'It was deleted elsewhere before your change could be made. A value that was here is in the trash.',
    remedy: 'trash',
    mark: null,
  },
  'not-deleted-enabled': {
    of: 'failed',
    what: 'was not deleted',
    text: 'It was enabled elsewhere meanwhile, so somebody may need it. Delete it again if nobody does.',
    remedy: 'show',
    mark: 'Changed',
  },
  'cache-rebuilt': {
    of: 'vault',
    what: 'Your key list was rebuilt',
    text: 'Its file could not be opened. It was set aside, and the list was made anew from the server and your keychain. Nothing was deleted.',
    remedy: null,
    mark: null,
  },
}
