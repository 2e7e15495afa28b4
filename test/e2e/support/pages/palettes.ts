import type { Page } from 'playwright-core'
import { until } from '../../../main/outlets/typist/screen.ts'
import type { Desktop } from '../app/desktop.ts'
import { keyringItems } from '../keyring/keyring.ts'

/** The palette's page, which is created a moment after the main window's. */
export async function paletteOf({ app }: Desktop): Promise<Page> {
  const find = (): Page | undefined => app.windows().find((page) => page.url() === 'app://bundle/palette.html')
  await until(() => find() !== undefined)
  const page = find()
  if (page === undefined) throw new Error('no palette')
  page.setDefaultTimeout(15_000)
  return page
}

/** A key of the current account, and its value as the keyring has it. */
export async function keyIn({ page, profile }: Desktop, name: string): Promise<{ accountId: string; id: string; value: string }> {
  const answer = await page.evaluate(() => window.latchkey.calls['keys.list'](null))
  if (!answer.ok) throw new Error(answer.code)
  const accountId = answer.value.accountId ?? ''
  const id = answer.value.keys.find((key) => key.name === name)?.id ?? ''
  return { accountId, id, value: keyringItems(profile, [`value/${accountId}/${id}`])[0] ?? '' }
}
