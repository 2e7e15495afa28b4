import type { Catalogue } from '../texts.svelte.ts'

export const titles: Catalogue['titles'] = { prompt: 'Latchkey fragt', palette: 'Latchkey: Schlüssel suchen' }
