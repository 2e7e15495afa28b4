import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { appCommand } from '../support/app/desktop.ts'
import { OwnDesk } from '../support/app/own-desk.ts'

const desk = OwnDesk.forTests()

const fileOf = (profile: string): string => {
  const { id } = JSON.parse(readFileSync(join(profile, 'profile.json'), 'utf8')) as { id: string }
  return join(process.env['HOME'] ?? '', '.config', 'autostart', `latchkey-${id}.desktop`)
}

it('starts the app at login once that is chosen, without a window if that is chosen too', async () => {
  await desk.start()
  const { profile } = desk.desktop
  const file = fileOf(profile)
  await desk.choose({ startAtLogin: true })
  const [program, folder] = appCommand([])
  expect(readFileSync(file, 'utf8')).toContain(`Exec="env" "LATCHKEY_PROFILE_DIR=${profile}" "${program}" "${folder ?? ''}"\n`)
  await desk.choose({ startAtLogin: true, startHidden: true })
  expect(readFileSync(file, 'utf8')).toContain('"--hidden"\n')
  await desk.choose({ startAtLogin: false })
  expect(existsSync(file)).toBe(false)
})

it('excludes all windows from screenshots if chosen, including later ones', async () => {
  await desk.start()
  const { app } = desk.desktop
  // Linux does not support it, so the test checks what each window is told.
  await app.evaluate(({ BrowserWindow }) => {
    const told: Record<string, boolean> = {}
    Object.assign(globalThis, { told })
    const { setContentProtection } = BrowserWindow.prototype
    BrowserWindow.prototype.setContentProtection = function (on) {
      told[String(this.id)] = on
      return setContentProtection.call(this, on)
    }
  })
  const told = (): Promise<[string, boolean][]> =>
    app.evaluate(() => Object.entries((globalThis as unknown as { told: Record<string, boolean> }).told))
  await desk.choose({ contentProtection: false })
  const windows = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  expect((await told()).map(([, on]) => on)).toEqual(Array(windows).fill(false))
  await desk.choose({ contentProtection: true })
  const another = await app.evaluate(({ BrowserWindow }) => String(new BrowserWindow({ show: false }).id))
  expect(await told()).toContainEqual([another, true])
  expect((await told()).every(([, on]) => on)).toBe(true)
})
