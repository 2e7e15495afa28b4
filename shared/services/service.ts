import type { ChecksumName } from './checksums.ts'

/**
 * `publishable`: meant for pages and apps, harmless without a secret beside it. `identifier`: names a key whose secret is another value.
 */
export type KeyUse = 'secret' | 'publishable' | 'identifier'

/** `test`: works in the service's test environment only. */
export type KeyMode = 'live' | 'test'

/** One form in which a service issues keys. */
export interface KeyFormat {
  /**
   * The whole key. `<base62 36>` is 36 characters of an alphabet (key-format.ts lists them), `<hex 32-40>` and `<hex 24,40>` have other
   * lengths, `<uuid>` is a UUID in lower case, `(live|test)` one of these words; everything else stands for itself.
   */
  readonly format: string
  /** Absent: `secret`. */
  readonly use?: Exclude<KeyUse, 'secret'>
  /** `by-word`: the word chosen in the format tells, see `liveWords`. Absent: there is one environment, or the key does not show which. */
  readonly mode?: KeyMode | 'by-word'
  /** What else the key proves about itself. A wrong checksum means a typing mistake. */
  readonly checksum?: ChecksumName
  /** Takes the place of the service's proof; null: keys of this form cannot be proved. */
  readonly proof?: Proof | null
}

/** Where a request carries the key. `basic-user`: as the user of HTTP Basic, without a password. `path`: in the URL, in place of `{key}`. */
export type KeyPlace =
  | { readonly in: 'header'; readonly name: string; readonly before: string }
  | { readonly in: 'basic-user' }
  | { readonly in: 'basic-password'; readonly user: string }
  | { readonly in: 'path' }

/** Where a fact stands in an answer: names of JSON fields and indices joined by slashes, or `@` and the name of a header. */
export type Place = string

/** Holds for an answer with one of the statuses and, if `field` is given, a field that is one of `is`; without `is`, any value but null. */
export interface AnswerCondition {
  readonly status: readonly number[]
  readonly field?: Place
  readonly is?: readonly (string | number | boolean)[]
}

/** One documented request that changes nothing, and how to read its answer. Nothing here is sent before a person asks for it. */
export interface Proof {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly key: KeyPlace
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The service knows the key. */
  readonly works: readonly AnswerCondition[]
  /** The service does not know the key, or has ended it. */
  readonly refused: readonly AnswerCondition[]
  /** The service knows the key, but the key may not make this request: a matter of permissions or quota. */
  readonly limited: readonly AnswerCondition[]
  /** The account or person that the key belongs to. */
  readonly owner?: Place
  readonly scopes?: Place
  readonly expires?: Place
}

/** A service that issues keys. All facts are from `source`; a fact that no documentation states is absent or null. */
export interface Service {
  readonly id: string
  readonly name: string
  /** Empty: its keys look like any other random text. */
  readonly keys: readonly KeyFormat[]
  /** The page on which a person makes a new key. */
  readonly renew: string | null
  /** Environment variables in which its own tools and examples keep the key. */
  readonly variables: readonly string[]
  /** Hosts of its login and console. */
  readonly sites: readonly string[]
  readonly proof: Proof | null
  /**
   * Servers of other people issue keys of the same forms, so the host of `proof` may not be the one that issued the key. Ask before sending
   * it there, and do not take a refusal for the key's end.
   */
  readonly selfHosted?: true
  readonly source: readonly string[]
}
