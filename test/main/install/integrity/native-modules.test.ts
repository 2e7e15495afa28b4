import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readManifest } from '../../../../main/install/integrity/manifest.ts'
import { verifyNativeModules } from '../../../../main/install/integrity/native-modules.ts'
import type { DamagedInstall } from '../../../../main/install/integrity/damaged-install.ts'
import { native, packed, type Packed } from './packed.ts'

/** A guard over a loader that only notes what it was asked for. */
function guarded({ folder, resources, publisher }: Packed): { load: (path: string) => void; loaded: string[]; refused: string[] } {
  const loaded: string[] = []
  const refused: string[] = []
  const loader = { dlopen: (_: object, path: string) => void loaded.push(path) }
  verifyNativeModules(folder, readManifest(resources, publisher), (fault: DamagedInstall) => refused.push(fault.message), loader)
  return { load: (path) => loader.dlopen({}, path), loaded, refused }
}

describe('native code of a package', () => {
  it('is loaded as it was packed, also by the name that it has in the archive', () => {
    const app = packed()
    const { load, loaded, refused } = guarded(app)
    const inArchive = join(app.folder, native).replace('app.asar.unpacked', 'app.asar')
    load(join(app.folder, native))
    load(inArchive)
    expect({ loaded, refused }).toEqual({ loaded: [join(app.folder, native), inArchive], refused: [] })
  })

  it('is not loaded if it was changed, even after it was loaded once', () => {
    const app = packed()
    const { load, loaded, refused } = guarded(app)
    load(join(app.folder, native))
    writeFileSync(join(app.folder, native), 'native codE')
    expect(() => load(join(app.folder, native))).toThrow(`changed: ${native}`)
    expect({ loaded: loaded.length, refused }).toEqual({ loaded: 1, refused: [`changed: ${native}`] })
  })

  it('is not loaded if it is missing', () => {
    const app = packed()
    const { load } = guarded(app)
    rmSync(join(app.folder, native))
    expect(() => load(join(app.folder, native))).toThrow(`missing: ${native}`)
  })

  it.each(['resources/app.asar.unpacked/planted.node', '../elsewhere.node', 'constructor'])(
    'is not loaded if nobody packed it: %s',
    (name) => {
      const app = packed()
      const { load, loaded } = guarded(app)
      expect(() => load(join(app.folder, name))).toThrow('added: ')
      expect(loaded).toEqual([])
    },
  )
})
