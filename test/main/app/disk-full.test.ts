import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { storageRefusal } from '../../../main/vault/refusal.ts'
import { isDiskFull, saysDiskFull } from '../../../shared/system-error.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const urlOf = (path: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../..', path)).href)

it('a disk without room and a user’s share that is used up are both told as a full disk', () => {
  const failed = (code: string): Error => Object.assign(new Error(`${code}: write`), { code })
  expect(['ENOSPC', 'EDQUOT'].map((code) => storageRefusal(failed(code), 'file-unwritable').code)).toEqual(['disk-full', 'disk-full'])
  expect(['EACCES', 'EROFS'].map((code) => storageRefusal(failed(code)).code)).toEqual(['profile-unusable', 'profile-unusable'])
  expect(isDiskFull('ENOSPC')).toBe(false)
  expect(['No space left on device', 'Disk quota exceeded', 'Permission denied'].map(saysDiskFull)).toEqual([true, true, false])
})

// Settings and the clipboard's note said `profile-unusable`, a full disk of which a person makes room.
it.runIf(process.platform === 'linux')('every file of ours tells a full disk as one', () => {
  const folder = temporaryFolder('latchkey-full-')
  const program = `
    const { writeFileSync, mkdirSync } = await import('node:fs')
    const { Profile } = await import(${urlOf('main/settings/profile.ts')})
    const { ClipboardMarker } = await import(${urlOf('main/outlets/clipboard-marker.ts')})
    const { writeChosenFile } = await import(${urlOf('main/transfer/backup/file.ts')})
    const { PassphraseFile } = await import(${urlOf('main/keychain/passphrase/passphrase-file.ts')})
    const { Autostart } = await import(${urlOf('main/settings/autostart.ts')})
    const { writeManifest } = await import(${urlOf('main/browsers/manifest-file.ts')})
    const { embeddedBackend } = await import(${urlOf('main/storage/embedded-backend.ts')})
    const folder = ${JSON.stringify(folder)}
    const profile = new Profile(folder)
    profile.theme = 'dark'
    mkdirSync(folder + '/autostart')
    mkdirSync(folder + '/hosts')
    try { writeFileSync(folder + '/filler', Buffer.alloc(1024 * 1024)) } catch {}
    const parts = { platform: 'linux', home: folder, env: { XDG_CONFIG_HOME: folder }, command: () => ['latchkey'], own: null, loginItems: {} }
    const tried = {
      settings: () => { profile.theme = 'light' },
      clipboard: () => new ClipboardMarker(folder + '/clipboard.json').write('a value'),
      chosen: () => writeChosenFile(folder + '/backup', 'x'),
      passphrase: () => new PassphraseFile(folder + '/passphrase-vault').create('x'),
      autostart: () => new Autostart(parts).set(true, false),
      browser: () => writeManifest(folder + '/hosts/manifest.json', '{}'),
      embedded: () => embeddedBackend(folder + '/backend').replace(Buffer.alloc(4096)),
    }
    const said = {}
    for (const [name, act] of Object.entries(tried)) {
      try { await act(); said[name] = 'done' } catch (error) { said[name] = error.code }
    }
    console.log(JSON.stringify({ said, theme: new Profile(folder).theme }))`
  const mounted = `mount -t tmpfs -o size=64k,mode=700 tmpfs '${folder}' && exec "$@"`
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const command = [process.execPath, '--import', loader, '--input-type=module', '--eval', program]
  const run = spawnSync('unshare', ['-U', '-m', '--map-root-user', 'sh', '-c', mounted, 'sh', ...command], { encoding: 'utf8' })
  expect(run.stderr).toBe('')
  const names = ['settings', 'clipboard', 'chosen', 'passphrase', 'autostart', 'browser', 'embedded']
  expect(JSON.parse(run.stdout)).toEqual({ said: Object.fromEntries(names.map((name) => [name, 'disk-full'])), theme: 'dark' })
})
