import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { verifyFiles } from '../../main/install/integrity/verify-install.ts'
import { readManifest } from '../../main/install/integrity/manifest.ts'
import { makeFromCopy } from '../../scripts/dist/electron-builder/packages.mjs'
import { writeManifest } from '../../scripts/dist/signing/manifest.mjs'
import { publisherOf, signingKey } from '../../scripts/dist/signing/signing-key.mjs'
import { checkout } from '../../scripts/set-up/checkout.mjs'
import { packed } from '../main/install/integrity/packed.ts'
import { temporaryFolder } from '../temporary-folder.ts'

let scratch: string
/** The files of the package. */
let content: string
beforeEach(() => {
  scratch = temporaryFolder('latchkey-elsewhere-')
  content = join(scratch, 'content')
  for (const name of ['package.json', 'packaging']) cpSync(join(checkout, name), join(scratch, name), { recursive: true })
  // Without our hooks, which belong to the checkout. None is called for an app that is packed already.
  writeFileSync(
    join(scratch, 'electron-builder.yml'),
    readFileSync(join(checkout, 'electron-builder.yml'), 'utf8').replace(/^after(Extract|Pack): .*$/gm, ''),
  )
  putTools()
  vi.stubEnv('APPIMAGE_TOOLS_PATH', join(scratch, 'tools'))
  vi.stubEnv('CUSTOM_FPM_PATH', join(scratch, 'tools', 'fpm'))
  vi.stubEnv('LATCHKEY_CACHE_DIR', join(scratch, 'cache'))
})

/** What electron-builder downloads. The packing tool is replaced by one that keeps its input. */
function putTools(): void {
  const put = (name: string, text: string): void => {
    mkdirSync(join(scratch, 'tools', dirname(name)), { recursive: true })
    writeFileSync(join(scratch, 'tools', name), text)
    chmodSync(join(scratch, 'tools', name), 0o755)
  }
  put(`linux-${process.arch}/mksquashfs`, `#!/bin/sh\ncp -a "$1" '${content}' && head -c 65536 /dev/zero > "$2"\n`)
  put(`linux-${process.arch}/desktop-file-validate`, '')
  put(`runtime-${process.arch}`, 'the runtime')
  put('lib/x64/libnotify.so.4.0.0', 'an old library')
  symlinkSync('libnotify.so.4.0.0', join(scratch, 'tools', 'lib', 'x64', 'libnotify.so.4'))
  put(
    'fpm',
    `#!/bin/sh
while [ $# -gt 0 ]; do
  case "$1" in
    --package) : > "$2" ;;
    */=/opt/*) cp -a "\${1%/=*}" '${content}' ;;
  esac
  shift
done
`,
  )
}

/** @returns the folder that the package was made from, and the files that were in it before */
async function make(target: string): Promise<{ folder: string; before: string[] }> {
  const { folder, resources } = packed()
  writeManifest({ folder, resources, platform: 'linux', version: '1.2.3-dev', release: false, key: signingKey(false) })
  const before = allIn(folder)
  await makeFromCopy({ folder, root: scratch, release: false, electron: '45.4.1', version: '1.2.3-dev' }, target)
  return { folder, before }
}

function allIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
}

async function faults(): Promise<string[]> {
  const manifest = readManifest(join(content, 'resources'), publisherOf(signingKey(false)))
  return (await verifyFiles(content, manifest)).map(({ message }) => message)
}

describe.runIf(process.platform === 'linux')('a package that electron-builder makes', () => {
  // Its default launcher for an AppImage passes --no-sandbox, which Latchkey refuses, so the app never started.
  it('starts the app of an AppImage without a switch', async () => {
    await make('AppImage')
    expect(readFileSync(join(content, 'latchkey-desktop.desktop'), 'utf8')).toMatch(/^Exec=AppRun %U$/m)
  })

  // The doctor used to report each AppImage for x64 and each rpm as changed, because the added files were in no manifest.
  it.each(['AppImage', 'rpm'])('passes the integrity check: %s', async (target) => {
    await make(target)
    expect(await faults()).toEqual([])
  })

  it('has no library in an AppImage that is not in the manifest, because the app looks there before the system', async () => {
    await make('AppImage')
    mkdirSync(join(content, 'usr', 'lib'), { recursive: true })
    writeFileSync(join(content, 'usr', 'lib', 'libgtk-3.so.0'), 'planted')
    expect(await faults()).toEqual(['added: usr/lib/libgtk-3.so.0'])
  })

  it.each(['AppImage', 'rpm'])('adds nothing to the packages that are made after it: %s', async (target) => {
    const { folder, before } = await make(target)
    expect(allIn(folder)).toEqual(before)
    expect(readdirSync(join(scratch, 'dist')).filter((name) => name.endsWith('-unpacked'))).toEqual([])
  })
})
