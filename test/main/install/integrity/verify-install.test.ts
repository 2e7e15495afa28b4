import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { verifyFiles } from '../../../../main/install/integrity/verify-install.ts'
import { readManifest } from '../../../../main/install/integrity/manifest.ts'
import { native, packed, type Packed } from './packed.ts'

async function faultsOf({ folder, resources, publisher }: Packed): Promise<string[]> {
  return (await verifyFiles(folder, readManifest(resources, publisher))).map(({ message }) => message)
}

describe('the files of a package', () => {
  it('are whole when they are those that were packed', async () => {
    expect(await faultsOf(packed())).toEqual([])
  })

  it('are named one by one where they were changed, taken away or added', async () => {
    const app = packed()
    writeFileSync(join(app.folder, 'latchkey-desktop'), 'another program')
    rmSync(join(app.folder, native))
    writeFileSync(join(app.folder, 'libgtk-3.so.0'), 'a library that would be found before the system’s')
    expect(await faultsOf(app)).toEqual(['changed: latchkey-desktop', 'added: libgtk-3.so.0', `missing: ${native}`])
  })

  it('may have beside them what an installer needs', async () => {
    const app = packed()
    for (const name of ['AppRun', 'resources/app-update.yml', 'resources/apparmor-profile', 'Uninstall Latchkey.exe'])
      writeFileSync(join(app.folder, name), '')
    expect(await faultsOf(app)).toEqual([])
  })

  it('are looked at though a folder beside them cannot be', async () => {
    const app = packed()
    const closed = join(app.folder, 'closed')
    mkdirSync(closed, { mode: 0 })
    onTestFinished(() => chmodSync(closed, 0o700))
    writeFileSync(join(app.resources, 'app.asar'), 'the archivE')
    expect(await faultsOf(app)).toEqual(['added: closed', 'changed: resources/app.asar'])
  })
})
