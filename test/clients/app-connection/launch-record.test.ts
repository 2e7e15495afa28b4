import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { launchCommand } from '../../../clients/app-connection/launch-record.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

describe('the command line that starts the app', () => {
  let profile: string
  const file = (): string => join(profile, 'launch.json')
  beforeEach(() => (profile = temporaryFolder('latchkey-profile-')))

  function wrote(text: string, mode = 0o600): void {
    writeFileSync(file(), text)
    chmodSync(file(), mode)
  }

  it('is the one that its profile records', () => {
    wrote('{"command":["/opt/latchkey","--quiet"]}')
    expect(launchCommand(profile, {})).toEqual(['/opt/latchkey', '--quiet'])
  })

  it('is LATCHKEY_APP, which overrides the profile', () => {
    wrote('{"command":["/opt/latchkey"]}')
    expect(launchCommand(profile, { LATCHKEY_APP: '/home/dev/Latchkey.AppImage' })).toEqual(['/home/dev/Latchkey.AppImage'])
  })

  it('is the app that the command was installed with if none ever ran', (test) => {
    test.skip(process.platform !== 'linux', 'the program has another name there')
    const program = join(profile, 'latchkey-desktop')
    writeFileSync(program, '', { mode: 0o755 })
    expect(launchCommand(profile, {}, join(profile, 'resources', 'latchkey'))).toEqual([program])
  })

  it('is unknown if no app ever ran and the command was installed without one', () => {
    expect(() => launchCommand(profile, {})).toThrow('launch-unknown')
  })

  it.each([
    ['is not JSON', '{'],
    ['is empty', ''],
    ['is not a record', '["/opt/latchkey"]'],
    ['is null', 'null'],
    ['has an additional field', '{"command":["/opt/latchkey"],"shell":true}'],
    ['has an empty command line', '{"command":[]}'],
    ['has an argument that is not a string', '{"command":["/opt/latchkey",1]}'],
    ['names a program by a relative path', '{"command":["latchkey"]}'],
    ['is larger than a record can be', `{"command":["/${'x'.repeat(20_000)}"]}`],
  ])('is not taken from a file that %s', (_, text) => {
    wrote(text)
    expect(() => launchCommand(profile, {})).toThrow('launch-untrusted')
  })

  it('is not read from a file that others may write, or through a link', () => {
    wrote('{"command":["/opt/latchkey"]}', 0o620)
    expect(() => launchCommand(profile, {})).toThrow('launch-untrusted')
    rmSync(file())
    const elsewhere = join(profile, 'elsewhere.json')
    writeFileSync(elsewhere, '{"command":["/opt/latchkey"]}', { mode: 0o600 })
    symlinkSync(elsewhere, file())
    expect(() => launchCommand(profile, {})).toThrow('launch-untrusted')
  })
})
