import { describe, expect, it } from 'vitest'
import { purposes } from '../../../../shared/lists/purposes.ts'
import type { Release } from '../../../../renderer/windows/prompt/promptTexts.ts'
import { consequence, hasForeignLetters, hostLength, nameLength } from '../../../../renderer/windows/prompt/promptTexts.ts'
import { de } from '../../../../renderer/i18n/de.ts'
import { en } from '../../../../renderer/i18n/en.ts'

const program = { kind: 'program', program: '/usr/bin/zsh', folder: '/home/ada', terminal: 'pts/3', session: '1:1' } as const
const site = { kind: 'site', origin: 'https://a.example', browser: '/usr/bin/chromium', pairing: 'p' } as const
const key = { name: 'build', account: 'This computer' }
const release = (change: Partial<Release>): Release => ({
  kind: 'release',
  id: 'a'.repeat(16),
  keys: [key],
  purpose: 'get',
  requester: program,
  detail: null,
  answers: ['once', 'for-a-while'],
  minutes: 15,
  expiresAt: 1,
  waiting: 0,
  ...change,
})

describe('the texts of the prompt', () => {
  it('are a different question for each purpose', () => {
    for (const [catalogue, them] of [
      [en, /this key.*\?$/],
      [de, /diese[nm] Schlüssel.*\?$/i],
    ] as const) {
      const questions = purposes.map((purpose) => catalogue.prompt.release.purposes[purpose].question(1))
      expect(new Set(questions).size).toBe(purposes.length)
      for (const question of questions) expect(question).toMatch(them)
    }
  })

  it('count the keys', () => {
    expect(en.prompt.release.purposes.run.question(12)).toBe('Run a command with these 12 keys?')
    expect(de.prompt.release.purposes.run.question(12)).toBe('Einen Befehl mit diesen 12 Schlüsseln ausführen?')
    expect(en.prompt.release.durations(1)['for-a-while'].allow).toBe('Allow for 1 minute')
    expect(de.prompt.release.durations(15)['for-a-while'].allow).toBe('15 Minuten erlauben')
  })

  it('say exactly what an answer allows', () => {
    expect(consequence(release({}), 'once', '12:45')).toBe('The next time, you are asked again.')
    expect(consequence(release({}), 'for-a-while', '12:45')).toBe(
      'Until 12:45, or until the vault is locked, this program gets it in this folder and terminal without asking, for the same purpose and only this key. Any program in the same terminal can pass as it.',
    )
    expect(consequence(release({ requester: { ...program, terminal: null } }), 'for-a-while', '12:45')).toMatch(
      /in this folder without.* Any program in the same session can pass as it\.$/,
    )
    expect(consequence(release({ requester: site, keys: [key, key] }), 'always', '12:45')).toBe(
      'From now on this site gets them in this browser without asking, for the same purpose and only these keys. You can revoke it under Approvals.',
    )
    expect(consequence(release({ requester: site }), 'always', '12:45')).toMatch(/^From now on this site gets it in this browser without/)
  })
})

describe('the identifying part of a path or address', () => {
  it.each([
    ['/usr/bin/zsh', 'zsh'],
    ['/home/ada/shop/', 'shop/'],
    ['C:\\Windows\\cmd.exe', 'cmd.exe'],
    ['/tmp/evil\\zsh', 'evil\\zsh'],
    ['zsh', 'zsh'],
    ['/', '/'],
  ])('of %s is %s', (path, name) => expect(path.slice(path.length - nameLength(path))).toBe(name))

  it('is the host with its port', () => {
    const origin = 'https://console.example.com:8443'
    expect(origin.slice(origin.length - hostLength(origin))).toBe('console.example.com:8443')
  })

  it('is marked if it has letters of other alphabets', () => {
    expect(hasForeignLetters('https://xn--80ak6aa92e.com')).toBe(true)
    expect(hasForeignLetters('https://a.xn--p1ai')).toBe(true)
    expect(hasForeignLetters('https://axn--b.example')).toBe(false)
  })
})
