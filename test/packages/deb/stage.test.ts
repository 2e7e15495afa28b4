import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addControl, fillPlaceholders, layOut, manual } from '../../../scripts/dist/deb/stage.mjs'
import { checkout } from '../../../scripts/set-up/checkout.mjs'
import { temporaryFolder } from '../../temporary-folder.ts'

describe('the files of a Debian package', () => {
  it('have our placeholders filled in, and other text unchanged', () => {
    expect(fillPlaceholders('@NAME@ @VERSION@ a@b.c @OTHER@', { NAME: 'latchkey', VERSION: '1.2.3' })).toBe('latchkey 1.2.3 a@b.c @OTHER@')
  })

  it('include a manual page made of the command’s help, with nothing in it that man would obey', () => {
    const text = manual('latchkey COMMAND\n.TH is no order\n  --json  a\\b\n', '1.2.3')
    expect(text).toContain('latchkey COMMAND\n\\&.TH is no order\n  \\-\\-json  a\\eb\n.fi')
  })

  // With a umask that hides files from others, DEBIAN/ was created after the modes had been set, and dpkg-deb refused it: "bad permissions
  // 750".
  it.each([0o022, 0o027, 0o077])('are readable for all, whatever the umask of the build: %o', (mask) => {
    const before = process.umask(mask)
    onTestFinished(() => void process.umask(before))
    const folder = temporaryFolder('latchkey-deb-')
    const [app, stage] = [join(folder, 'app'), join(folder, 'stage')]
    mkdirSync(app)
    writeFileSync(join(app, 'latchkey-desktop'), '\x7fELF')
    layOut(stage, { app, root: checkout, name: 'latchkey-dev', version: '1.2.3-dev', debVersion: '1.2.3', date: new Date(0), help: '' })
    addControl(stage, { control: 'Package: latchkey-dev\n', md5sums: '' })
    const modeOf = (name: string): string => (statSync(join(stage, name)).mode & 0o7777).toString(8)
    const folders = ['.', 'usr/lib/latchkey', 'usr/share/doc/latchkey-dev', 'DEBIAN']
    const programs = ['usr/lib/latchkey/latchkey-desktop', 'DEBIAN/postinst', 'DEBIAN/prerm', 'DEBIAN/postrm']
    for (const name of [...folders, ...programs]) expect([name, modeOf(name)]).toEqual([name, '755'])
    for (const name of ['DEBIAN/control', 'DEBIAN/md5sums', 'usr/share/latchkey/apparmor-profile'])
      expect([name, modeOf(name)]).toEqual([name, '644'])
  })
})
