import type { Catalogue } from '../../catalogue.ts'

export const time: Catalogue['time'] = {
  locale: 'de-DE',
  justNow: 'gerade eben',
}
