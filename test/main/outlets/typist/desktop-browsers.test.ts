import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { desktopBrowsers } from '../../../../main/outlets/typist/desktop-browsers.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'

describe('the browsers that a desktop lists', () => {
  let base: string
  beforeEach(() => {
    base = temporaryFolder('entries-')
    for (const folder of ['own', 'all', 'more']) mkdirSync(join(base, folder, 'applications'), { recursive: true })
  })

  const put = (folder: string, id: string, lines: readonly string[]): void =>
    writeFileSync(join(base, folder, 'applications', `${id}.desktop`), ['[Desktop Entry]', 'Type=Application', ...lines, ''].join('\n'))
  const listed = async (): Promise<string[]> =>
    [
      ...(await desktopBrowsers({
        XDG_DATA_HOME: join(base, 'own'),
        XDG_DATA_DIRS: `${join(base, 'none')}:${join(base, 'all')}:${join(base, 'more')}`,
      })),
    ].sort()

  it('are known by the id, the program and the class of windows, in every folder of entries', async () => {
    put('own', 'org.example.Own', ['Categories=Network;WebBrowser;', 'Exec="/opt/own thing/Own" %U'])
    put('all', 'plain', ['Categories = WebBrowser', 'Exec = /usr/bin/plainly --new %u', 'StartupWMClass = Plain Window'])
    put('more', 'third', ['Exec=env A=b GDK=x third-bin %u', 'Categories=GNOME;GTK;Network;WebBrowser;'])
    expect(await listed()).toEqual(['org.example.own', 'own', 'plain', 'plain window', 'plainly', 'third', 'third-bin'])
  })

  it('are not what else is listed', async () => {
    put('all', 'editor', ['Categories=TextEditor;', 'Exec=editor %F'])
    put('all', 'viewer', ['Categories=Network;NoWebBrowser;', 'Exec=viewer', 'Comment=Categories=WebBrowser'])
    writeFileSync(join(base, 'all', 'applications', 'mimeinfo.cache'), 'Categories=WebBrowser\nExec=cache\n')
    expect(await listed()).toEqual([])
  })

  it.each(['flatpak run --branch=stable org.example.Web', 'sh -c web', 'env A=b python3.11 /usr/bin/web', 'snap run web'])(
    'are not known by what starts other programs too: %s',
    async (exec) => {
      put('all', 'org.example.Web', ['Categories=WebBrowser;', `Exec=${exec}`])
      expect(await listed()).toEqual(['org.example.web'])
    },
  )

  it('are read without what is no entry: a pipe, a folder, what is too long', async () => {
    put('all', 'web', ['Categories=WebBrowser;', 'Exec=web'])
    put('all', 'long', ['Categories=WebBrowser;', 'Exec=long', `Comment=${'x'.repeat(300_000)}`])
    mkdirSync(join(base, 'all', 'applications', 'folder.desktop'))
    execFileSync('mkfifo', [join(base, 'all', 'applications', 'pipe.desktop')])
    expect(await listed()).toEqual(['web'])
  })
})
