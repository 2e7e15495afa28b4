import type { Diagnosis } from '../../../../preload/contract.ts'
import type { Finding } from '../../../../shared/lists/keychain.ts'
import { doctor as german } from '../../../i18n/de/keychain/doctor.ts'
import { type FindingTexts, textsFor } from '../../../i18n/en/keychain/doctor/doctor.ts'
import { language, texts } from '../../../i18n/texts.svelte.ts'

/** Programs by the prefix of their process name, which Linux truncates to 15 characters. */
const programs: readonly (readonly [string, string])[] = [
  ['gnome-keyring', 'GNOME Keyring'],
  ['kwalletd5', 'KDE Wallet 5'],
  ['kwalletd6', 'KDE Wallet 6'],
  ['ksecretd', 'KDE Wallet 6'],
  ['keepassxc', 'KeePassXC'],
]

/** A finding in the current language. Commands are the same in all languages. */
export function findingTexts(finding: Finding, { desktop, keychain }: Pick<Diagnosis, 'desktop' | 'keychain'>): FindingTexts {
  const findingText = textsFor(finding, desktop, keychain)
  if (language() === 'en') return findingText
  const say = (english: string): string => german[english] ?? english
  return {
    title: say(findingText.title),
    meaning: say(findingText.meaning),
    steps: findingText.steps.map((step) => ({ ...step, text: say(step.text) })),
  }
}

/** Which keychain was examined and on which desktop, as “GNOME Keyring on GNOME”. */
export function examined({ keychain, provider, desktop }: Pick<Diagnosis, 'keychain' | 'provider' | 'desktop'>): string {
  const t = texts().keychain.examined
  if (keychain === 'passphrase') return t.file
  const name = `${programName(provider, desktop)} ${t.desktops[desktop]}`
  return keychain === 'guarded' ? t.guarded(name) : name
}

function programName(provider: string | null, desktop: Diagnosis['desktop']): string {
  const t = texts().keychain.examined
  if (desktop === 'macos') return t.keychain
  if (desktop === 'windows') return t.credentialManager
  if (provider === null) return t.none
  return programs.find(([start]) => provider.startsWith(start))?.[1] ?? provider
}
