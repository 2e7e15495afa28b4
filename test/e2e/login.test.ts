import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { appCommand } from './desktop.ts'
import { OwnDesk } from './own-desk.ts'

const desk = OwnDesk.forTests()

const fileOf = (profile: string): string => {
  const { id } = JSON.parse(readFileSync(join(profile, 'profile.json'), 'utf8')) as { id: string }
  return join(process.env['HOME'] ?? '', '.config', 'autostart', `latchkey-${id}.desktop`)
}

it('begins with the app as soon as that is chosen, without a window if that is chosen too', async () => {
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
