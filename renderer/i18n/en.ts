import { accounts } from './en/accounts.ts'
import { actions } from './en/ui/actions.ts'
import { browsers } from './en/browsers.ts'
import { journal } from './en/journal.ts'
import { keyDialogs } from './en/keys/keyDialogs.ts'
import { keychain } from './en/keychain/keychain.ts'
import { keys } from './en/keys/keys.ts'
import { ui } from './en/ui/ui.ts'
import { transfer } from './en/transfer.ts'
import { news } from './en/keys/news.ts'
import { palette } from './en/windows/palette.ts'
import { passphrase } from './en/keychain/passphrase.ts'
import { prompt } from './en/windows/prompt.ts'
import { links } from './en/links.ts'
import { readOnly } from './en/keychain/readOnly.ts'
import { refusals } from './en/refusals/refusals.ts'
import { remedies } from './en/ui/remedies.ts'
import { settings } from './en/settings.ts'
import { time } from './en/ui/time.ts'
import { titles } from './en/windows/titles.ts'
import { updates } from './en/updates.ts'
import { uses } from './en/uses.ts'
import { welcome } from './en/welcome.ts'

/** English, which defines the keys of a catalogue. */
export const en = {
  direction: 'ltr' as 'ltr' | 'rtl',
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
