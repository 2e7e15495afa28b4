import { describe, expect, it } from 'vitest'
import { exactTime } from '../../../renderer/time/elapsed.ts'
import { browserName, type Detail, partyDetails, partyName, programName, siteName, useTexts } from '../../../renderer/i18n/uses.ts'

const site = { kind: 'site', origin: 'https://console.example.com', browser: '/usr/lib/chromium/chromium' } as const
const zsh = { kind: 'program', program: '/usr/bin/zsh', folder: '/home/ada/app', terminal: 'pts/3', process: null } as const
const seen = { pid: 4711, startedAt: new Date(2026, 4, 3, 12, 30).getTime(), startedBy: '/usr/bin/xterm' }
const xterm = { kind: 'window', program: '/usr/bin/xterm', title: 'vim' } as const

function said(details: readonly Detail[]): string {
  return details.map(({ word, text }) => `${word} ${text}`.trim()).join(' ')
}

describe('how a use of a value is worded', () => {
  it.each([
    [{ purpose: 'fill', requester: site }, 'Filled in at', 'console.example.com', 'in Chromium'],
    [{ purpose: 'run', requester: zsh }, 'Given to a command run in', 'zsh', '/usr/bin/zsh in /home/ada/app · pts/3'],
    [
      { purpose: 'get', requester: { ...zsh, process: seen } },
      'Printed for',
      'zsh',
      `/usr/bin/zsh in /home/ada/app · pts/3 process 4711, started ${exactTime(seen.startedAt)} by /usr/bin/xterm`,
    ],
    [{ purpose: 'get', requester: { ...zsh, terminal: null } }, 'Printed for', 'zsh', '/usr/bin/zsh in /home/ada/app'],
    [{ purpose: 'type', requester: xterm }, 'Typed into', 'xterm', 'vim'],
    [{ purpose: 'type', requester: { ...xterm, title: '' } }, 'Typed into', 'xterm', '/usr/bin/xterm'],
    [{ purpose: 'copy', requester: { kind: 'person' } }, 'Copied from Latchkey', null, ''],
    [{ purpose: 'sign-in', requester: { kind: 'person' } }, 'Signed in with, in Latchkey', null, ''],
  ] as const)('%o is “%s” %s, %s', (use, text, party, details) => {
    const words = useTexts({ ...use, at: 0 })
    expect([words.text, words.party, said(words.details)]).toEqual([text, party, details])
  })
})

describe('how a program or site is named', () => {
  it('is the name that users know', () => {
    expect([partyName(site), partyName(zsh), partyName(xterm)]).toEqual(['console.example.com', 'zsh', 'xterm'])
    expect(said(partyDetails(site))).toBe('in Chromium')
  })

  it("is a browser's name if its program is a known browser", () => {
    const paths = [
      ...['/usr/lib/firefox-esr/firefox-esr', '/opt/google/chrome/google-chrome', '/opt/brave.com/brave/brave', '/opt/vivaldi/vivaldi-bin'],
      ...['C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe', '/usr/bin/chromium', '/opt/other/browser'],
    ]
    expect(paths.map(browserName)).toEqual(['Firefox', 'Chrome', 'Brave', 'Vivaldi', 'Edge', 'Chromium', 'browser'])
  })

  it('keeps the port of a site, and the scheme if it is not https', () => {
    expect(['https://a.example:8443', 'http://localhost:3000'].map(siteName)).toEqual(['a.example:8443', 'http://localhost:3000'])
  })

  it('is the whole path if that contains no name', () => {
    expect([programName('/'), programName(''), programName('zsh')]).toEqual(['/', '', 'zsh'])
  })
})
