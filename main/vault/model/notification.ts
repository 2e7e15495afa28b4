import type { NewsKind } from '../../../shared/lists/news-kinds.ts'

/** Something that happened unseen, kept until it is dismissed. */
export interface News {
  readonly accountId: string
  readonly id: string
  readonly what: NewsKind
  readonly keyId: string | null
  readonly name: string
  readonly at: number
}
