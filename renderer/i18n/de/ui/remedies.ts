import type { Catalogue } from '../../catalogue.ts'

export const remedies: Catalogue['remedies'] = {
  'try-again': 'Noch einmal versuchen',
  sync: 'Jetzt abgleichen',
  'sign-in': 'Wieder anmelden',
  unlock: 'Entsperren',
  'confirm-mail': 'Mail noch einmal senden',
  'reset-mail': 'Per Mail ein neues Passwort wählen',
}
