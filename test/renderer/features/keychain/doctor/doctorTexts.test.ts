import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { diagnosis } from '../../../../../preload/shapes.ts'
import { type Desktop, findings } from '../../../../../shared/lists/keychain.ts'
import { textsFor } from '../../../../../renderer/i18n/en/keychain/doctor/doctor.ts'
import { examined, findingTexts } from '../../../../../renderer/features/keychain/doctor/diagnosis.ts'
import { doctor as german } from '../../../../../renderer/i18n/de/keychain/doctor.ts'
import { setLanguage } from '../../../../../renderer/i18n/texts.svelte.ts'

const desktops = diagnosis.entries.desktop.options
const cases = desktops.flatMap((desktop) =>
  findings.flatMap((finding) => (['os', 'passphrase'] as const).map((keychain) => ({ finding, desktop, keychain }))),
)

function all(desktop: Desktop): string {
  return findings.map((finding) => JSON.stringify(textsFor(finding, desktop))).join('\n')
}

function commandsOf(desktop: Desktop): string[] {
  return findings.flatMap((finding) => textsFor(finding, desktop).steps.flatMap(({ command }) => command ?? []))
}

describe("the doctor's texts in English", () => {
  it.each(cases)('explain $finding on $desktop with values in $keychain: what it is, what it means and what to do', (one) => {
    const { title, meaning, steps } = textsFor(one.finding, one.desktop, one.keychain)
    expect(title).toMatch(/^[A-Z].*[^.!?]$/)
    expect(meaning).toMatch(/^[A-Z].*\.$/)
    expect(steps.length > 0).toBe(one.finding !== 'fine')
    for (const { text, command } of steps) {
      expect(text).toMatch(/^[A-Z].*[.:]$/)
      expect(text.endsWith(':') && command === undefined, text).toBe(false)
    }
    expect(new Set(steps.map(({ text }) => text)).size).toBe(steps.length)
  })

  it.each(desktops)('on %s are plain and promise nothing that is impossible', (desktop) => {
    expect(all(desktop)).not.toMatch(/!|oops|sorry|please|simply|undefined/i)
    expect(all(desktop)).not.toMatch(/recover|undelete|show.*again|reset your/i)
  })

  it.each([
    ['gnome', /kwallet|Plasma|Xfce|VaultSvc|PowerShell|\bsecurity |Keychain Access/],
    ['xfce', /kwallet|Plasma|VaultSvc|PowerShell|\bsecurity |Keychain Access/],
    ['other', /kwallet|Plasma|Xfce|VaultSvc|PowerShell|\bsecurity |Keychain Access/],
    ['none', /kwallet|Plasma|Xfce|seahorse|Settings|your desktop|VaultSvc|PowerShell|\bsecurity |Keychain Access/],
    ['kde', /gnome-keyring|seahorse|Xfce|VaultSvc|PowerShell|\bsecurity |Keychain Access/],
    ['macos', /D-Bus|libsecret|sudo|gnome|kwallet|VaultSvc|PowerShell|Windows/],
    ['windows', /D-Bus|libsecret|sudo|gnome|kwallet|keyring|macOS|\bsecurity |Keychain Access/],
  ] as const)('on %s mention nothing of other systems', (desktop, foreign) => {
    expect(all(desktop)).not.toMatch(foreign)
  })

  it.each(desktops)('on %s contain commands that can be copied: one line, no placeholders, nothing deleted', (desktop) => {
    for (const command of commandsOf(desktop)) {
      expect(command).not.toMatch(/[\n<>…]|\.\.\./)
      expect(command).not.toMatch(/\brm\b|del |--no-sandbox|basic|echo/)
    }
  })

  it.each(desktops.filter((desktop) => desktop !== 'windows'))('on %s contain commands that a shell can parse', (desktop) => {
    for (const command of commandsOf(desktop)) {
      expect(() => execFileSync('bash', ['-n'], { input: command, stdio: ['pipe', 'ignore', 'pipe'] }), command).not.toThrow()
    }
  })

  it('pass no password through process arguments or a shell history', () => {
    const unlock = textsFor('locked', 'none').steps[0]?.command ?? ''
    expect(unlock).toMatch(/^read -rs .*printf %s "\$p" \| gnome-keyring-daemon --replace --unlock/)
  })

  it('for a passphrase vault mention its file and not the system’s keychain', () => {
    for (const finding of ['fine', 'reset', 'changed', 'item-missing', 'item-different'] as const) {
      expect(JSON.stringify(textsFor(finding, 'gnome', 'passphrase')), finding).not.toMatch(/keyring|keychain/)
    }
  })
})

describe("the doctor's texts in German", () => {
  const said = new Set(
    cases.flatMap(({ finding, desktop, keychain }) => {
      const { title, meaning, steps } = textsFor(finding, desktop, keychain)
      return [title, meaning, ...steps.map(({ text }) => text)]
    }),
  )

  it('exist for every English sentence, and for no sentence that is no longer used', () => {
    expect(Object.keys(german).sort()).toEqual([...said].sort())
  })

  it.each(Object.entries(german))('%s: ends as in English and does not use du', (english, text) => {
    expect(text.at(-1)?.replace(/\p{L}/u, 'a')).toBe(english.at(-1)?.replace(/\p{L}/u, 'a'))
    expect(text).not.toMatch(/\b(?:du|dein\w*)\b|["']|”/i)
  })

  it('are shown by the window, with the same commands', async () => {
    await setLanguage('de')
    const words = findingTexts('locked', { desktop: 'none', keychain: 'os' })
    await setLanguage('en')
    expect(words.title).toBe('Der Schlüsselbund ist gesperrt')
    expect(words.steps.map(({ command }) => command)).toEqual(textsFor('locked', 'none').steps.map(({ command }) => command))
  })
})

describe('the name of the examined keychain', () => {
  it.each([
    [{ keychain: 'os', provider: 'gnome-keyring-d', desktop: 'gnome' }, 'GNOME Keyring on GNOME'],
    [{ keychain: 'os', provider: 'ksecretd', desktop: 'kde' }, 'KDE Wallet 6 on KDE Plasma'],
    [{ keychain: 'os', provider: 'pass-secrets', desktop: 'other' }, 'pass-secrets on another desktop'],
    [{ keychain: 'os', provider: null, desktop: 'none' }, 'no keyring program in a session without a desktop'],
    [{ keychain: 'os', provider: null, desktop: 'macos' }, 'Keychain on macOS'],
    [{ keychain: 'os', provider: null, desktop: 'windows' }, 'Credential Manager on Windows'],
    [{ keychain: 'passphrase', provider: 'gnome-keyring-d', desktop: 'gnome' }, 'Latchkey’s file under a passphrase'],
  ] as const)('is the keyring program’s, with the desktop: %#', (what, said) => {
    expect(examined(what)).toBe(said)
  })
})
