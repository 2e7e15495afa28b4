import type { Diagnosis } from '../../preload/contract.ts'

/** Programs by the beginning of their process's name: Linux cuts these after 15 characters. */
const programs: readonly (readonly [string, string])[] = [
  ['gnome-keyring', 'GNOME Keyring'],
  ['kwalletd5', 'KDE Wallet 5'],
  ['kwalletd6', 'KDE Wallet 6'],
  ['ksecretd', 'KDE Wallet 6'],
  ['keepassxc', 'KeePassXC'],
]

const desktops: Record<Diagnosis['desktop'], string> = {
  gnome: 'on GNOME',
  kde: 'on KDE Plasma',
  xfce: 'on Xfce',
  other: 'on another desktop',
  none: 'in a session without a desktop',
  macos: 'on macOS',
  windows: 'on Windows',
}

/** Which keychain was examined, and where, as “GNOME Keyring on GNOME”. */
export function examined({ keychain, provider, desktop }: Pick<Diagnosis, 'keychain' | 'provider' | 'desktop'>): string {
  if (keychain === 'passphrase') return 'Latchkey’s file under a passphrase'
  const name = `${programName(provider, desktop)} ${desktops[desktop]}`
  return keychain === 'guarded' ? `${name}, under your passphrase` : name
}

function programName(provider: string | null, desktop: Diagnosis['desktop']): string {
  if (desktop === 'macos') return 'Keychain'
  if (desktop === 'windows') return 'Credential Manager'
  if (provider === null) return 'no keyring program'
  return programs.find(([start]) => provider.startsWith(start))?.[1] ?? provider
}
