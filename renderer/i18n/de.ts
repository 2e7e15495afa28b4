import type { Catalogue } from './catalogue.ts'
import { accounts } from './de/accounts.ts'
import { actions } from './de/ui/actions.ts'
import { browsers } from './de/browsers.ts'
import { journal } from './de/journal.ts'
import { keyDialogs } from './de/keys/keyDialogs.ts'
import { keychain } from './de/keychain/keychain.ts'
import { keys } from './de/keys/keys.ts'
import { ui } from './de/ui/ui.ts'
import { transfer } from './de/transfer.ts'
import { news } from './de/keys/news.ts'
import { palette } from './de/windows/palette.ts'
import { passphrase } from './de/keychain/passphrase.ts'
import { prompt } from './de/windows/prompt.ts'
import { links } from './de/links.ts'
import { readOnly } from './de/keychain/readOnly.ts'
import { refusals } from './de/refusals/refusals.ts'
import { remedies } from './de/ui/remedies.ts'
import { settings } from './de/settings.ts'
import { time } from './de/ui/time.ts'
import { titles } from './de/windows/titles.ts'
import { updates } from './de/updates.ts'
import { uses } from './de/uses.ts'
import { welcome } from './de/welcome.ts'

/** German. Short and plain, without „du“: an infinitive, or „Sie“. */
export const de: Catalogue = {
  direction: 'ltr',
  accounts,
  actions,
  browsers,
  journal,
  keyDialogs,
  keychain,
  keys,
  ui,
  transfer,
  news,
  palette,
  passphrase,
  prompt,
  links,
  readOnly,
  refusals,
  remedies,
  settings,
  time,
  titles,
  updates,
  uses,
  welcome,
}
