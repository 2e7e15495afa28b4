import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { launchCommand } from '../../../clients/app-connection/launch-record.ts'
import { recordLaunch } from '../../../main/install/launch-record.ts'
import { Profile } from '../../../main/settings/profile.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const launch = { packaged: true, program: '/opt/Latchkey/latchkey', app: '/opt/Latchkey/resources/app.asar', image: null }

describe('the launch record', () => {
  let folder: string
  let profile: Profile
  beforeEach(() => {
    folder = temporaryFolder('latchkey-profile-')
    profile = new Profile(folder)
  })

  it.each([
    ['by its program when it is packaged', launch, ['/opt/Latchkey/latchkey']],
    [
      'by its image, which is not where its program is',
      { ...launch, image: '/home/dev/Latchkey.AppImage' },
      ['/home/dev/Latchkey.AppImage'],
    ],
    [
      'by Electron and its folder when it is not',
      { ...launch, packaged: false, program: '/e/electron', app: '/src' },
      ['/e/electron', '/src'],
    ],
  ])('is %s', (_, given, command) => {
    recordLaunch(profile, given)
    expect(launchCommand(folder, {})).toEqual(command)
  })

  it('is in a file of its user alone, written anew at each start', () => {
    writeFileSync(join(folder, 'launch.json'), 'of an older version')
    recordLaunch(profile, launch)
    expect(JSON.parse(readFileSync(join(folder, 'launch.json'), 'utf8'))).toEqual({ command: ['/opt/Latchkey/latchkey'] })
    expect(statSync(join(folder, 'launch.json')).mode & 0o777).toBe(0o600)
  })

  it('is not said in a folder that cannot be written to, which keeps nothing from starting', () => {
    rmSync(folder, { recursive: true })
    writeFileSync(folder, '')
    chmodSync(folder, 0o600)
    expect(() => recordLaunch(profile, launch)).not.toThrow()
  })
})
