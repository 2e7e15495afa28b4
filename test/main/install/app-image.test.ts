import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { claimAppImage, ownAppImage } from '../../../main/install/app-image.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/**
 * Latchkey from a deb that was started from the terminal of an editor that is an AppImage took the editor's image for its own: the
 * command and the login then started the editor, and an update would have deleted it.
 */
describe('the AppImage that the app was started from', () => {
  let folder: string
  let program: string
  beforeEach(() => {
    folder = temporaryFolder('latchkey-image-')
    for (const name of ['mount', 'mount-of-an-editor']) mkdirSync(join(folder, name))
    program = join(folder, 'mount', 'latchkey')
    writeFileSync(program, '')
  })

  it('is told where the program lies in its mount', () => {
    const env = { APPIMAGE: '/home/dev/Latchkey-1.0.0.AppImage', APPDIR: join(folder, 'mount') }
    expect(claimAppImage(env, program)).toBe('/home/dev/Latchkey-1.0.0.AppImage')
    expect(Object.keys(env)).toEqual(['APPIMAGE', 'APPDIR'])
  })

  it('is told where a link leads to the mount, as from a temporary folder that is one', () => {
    symlinkSync(join(folder, 'mount'), join(folder, 'link'))
    expect(ownAppImage({ APPIMAGE: '/home/dev/Latchkey.AppImage', APPDIR: join(folder, 'link') }, program)).toBe(
      '/home/dev/Latchkey.AppImage',
    )
  })

  it.each([
    ['another program’s', 'mount-of-an-editor'],
    ['of a program that has ended', 'gone'],
    ['without a mount', null],
  ])('is none if it is %s, and nothing else that reads the variables finds it', (_, mount) => {
    const env: NodeJS.ProcessEnv = {
      APPIMAGE: '/home/dev/Editor.AppImage',
      HOME: '/home/dev',
      ...(mount === null ? {} : { APPDIR: join(folder, mount) }),
    }
    expect(ownAppImage(env, program)).toBeNull()
    expect(claimAppImage(env, program)).toBeNull()
    expect(env).toEqual({ HOME: '/home/dev' })
  })

  // A lock then started the unpacked copy again, which is deleted as soon as its run ends.
  it('is the portable program where the one that runs lies in the temporary folder', () => {
    const env = { PORTABLE_EXECUTABLE_FILE: 'E:\\Latchkey-portable.exe', TEMP: folder }
    expect(claimAppImage(env, program)).toBe('E:\\Latchkey-portable.exe')
    expect(ownAppImage({ ...env, TEMP: join(folder, 'mount-of-an-editor') }, program)).toBeNull()
  })

  it('is none where there is none', () => {
    expect(claimAppImage({}, program)).toBeNull()
  })
})
