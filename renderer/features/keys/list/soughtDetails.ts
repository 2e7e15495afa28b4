import type { Key } from '../../../../preload/contract.ts'
import type { Environment } from '../../../../shared/lists/keys.ts'
import { texts } from '../../../i18n/texts.svelte.ts'

/** A search: words that a key has somewhere, and what its tags and its environment begin with. All in lower case, except `words`. */
export interface SearchText {
  readonly words: string
  readonly tags: readonly string[]
  readonly environments: readonly string[]
}

/** Reads `tag:billing`, `tag:"on call"` and `env:test` out of a search; the rest are words. */
export function parseSearch(text: string): SearchText {
  const [tags, sought]: [string[], string[]] = [[], []]
  const words = text.replace(/(?<=^|\s)(tag|env):(?:"([^"]*)"?|(\S+))/giu, (_, kind: string, quoted?: string, plain?: string) => {
    const wanted = (quoted ?? plain ?? '').normalize('NFC').toLowerCase()
    ;(kind.toLowerCase() === 'tag' ? tags : sought).push(wanted)
    return ''
  })
  return { words: words.trim(), tags, environments: sought }
}

/** The search that shows the keys with a tag. Of a tag with a space, it names what is before a quotation mark. */
export function tagFilter(tag: string): string {
  return tag.includes(' ') ? `tag:"${tag.replace(/".*/u, '')}"` : `tag:${tag}`
}

/** Whether the tags and the environment of a key are those that a search names. */
export function hasSoughtDetails({ details }: Key, { tags, environments: sought }: SearchText): boolean {
  const names = environmentNames(details.environment)
  return (
    tags.every((wanted) => details.tags.some((tag) => tag.toLowerCase().startsWith(wanted))) &&
    sought.every((wanted) => names.some((name) => name.startsWith(wanted)))
  )
}

/** What a person wrote down about a key and a search looks at, one text on each line. */
export function detailsText({ details: { tags, user, notes, environment } }: Key): string {
  return [...tags, user ?? '', notes ?? '', ...environmentNames(environment)].join('\n')
}

/** What an environment can be searched by: its English name, which `env:` uses, and the one that the window shows. */
function environmentNames(environment: Environment | null): readonly string[] {
  return environment === null ? [] : [environment, texts().keys.details.environments[environment].toLowerCase()]
}
