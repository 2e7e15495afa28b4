import { describe, expect, it } from 'vitest'
import { isBrowser } from '../../../../main/outlets/typist/browsers.ts'

describe('the name of a browser’s window', () => {
  it.each([
    ['/usr/lib/chromium/chromium'],
    ['/opt/google/chrome/chrome'],
    ['/opt/microsoft/msedge/msedge'],
    ['/opt/brave.com/brave/brave'],
    ['/opt/vivaldi/vivaldi-bin'],
    ['/usr/lib/firefox-esr/firefox-esr'],
    ['/usr/bin/epiphany-browser'],
    ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
    ['C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
    ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['/Applications/Safari.app/Contents/MacOS/Safari'],
    ['Microsoft-edge'],
    ['Navigator'],
    // Not taken for browsers once: the palette would have typed into any page of theirs.
    ...[
      '/usr/bin/icecat',
      'Iceweasel',
      '/opt/basilisk/basilisk',
      '/usr/bin/luakit',
      '/usr/bin/Ladybird',
      '/usr/bin/surf',
      '/opt/helium/helium',
      'min',
    ].map((name) => [name]),
    ...['Orion', 'DuckDuckGo', 'Comet', 'Dia'].map((name) => [`/Applications/${name}.app/Contents/MacOS/${name}`]),
    ['C:\\Program Files\\Naver\\Naver Whale\\Application\\whale.exe'],
    ['C:\\Program Files\\WindowsApps\\DuckDuckGo\\DuckDuckGo.exe'],
    ['firefoxdeveloperedition'],
    ['C:\\Program Files\\AVAST Software\\Browser\\Application\\AvastBrowser.exe'],
  ])('is known by %s', (name) => expect(isBrowser([name])).toBe(true))

  it('is known by any of its names, where a sandbox hides its program', () => {
    expect(isBrowser(['', 'org.mozilla.firefox', 'firefox'])).toBe(true)
  })

  it.each([
    ['/usr/bin/xterm'],
    ['/home/chrome/bin/editor'],
    ['/usr/share/code/code'],
    ['gnome-terminal-server'],
    ['/usr/bin/archiver'],
    ['/usr/bin/terminator'],
    ['/usr/bin/surface'],
    [''],
  ])('is not %s', (name) => expect(isBrowser([name])).toBe(false))
})
