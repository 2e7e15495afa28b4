import type { Catalogue } from '../catalogue.ts'

export const links: Catalogue['links'] = {
  anotherAccount: 'Schlüssel eines anderen Kontos zeigen?',
  leave: 'Dies verlassen, um einen Schlüssel zu zeigen?',
  leads: (key, account) => `Ein Link führt zum Schlüssel ${key} von ${account}. Sonst geschieht nichts: Der Wert bleibt verborgen.`,
  stay: 'Hier bleiben',
  show: 'Schlüssel zeigen',
  shown: (key) => `Ein Link führte zu ${key}`,
}
