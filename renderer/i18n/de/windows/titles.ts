import type { Catalogue } from '../../catalogue.ts'

export const titles: Catalogue['titles'] = { prompt: 'Latchkey fragt', palette: 'Latchkey: Schlüssel suchen' }
