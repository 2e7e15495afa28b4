import type { Catalogue } from '../texts.svelte.ts'

export const time: Catalogue['time'] = {
  locale: 'de-DE',
  justNow: 'gerade eben',
}
