import type { Desktop } from '../app/desktop.ts'
import { keyringItems } from '../keyring/keyring.ts'

/** A key of the current account, and its value as the keyring has it. */
export async function keyIn({ page, profile }: Desktop, name: string): Promise<{ accountId: string; id: string; value: string }> {
  const answer = await page.evaluate(() => window.latchkey.calls['keys.list'](null))
  if (!answer.ok) throw new Error(answer.code)
  const accountId = answer.value.accountId ?? ''
  const id = answer.value.keys.find((key) => key.name === name)?.id ?? ''
  return { accountId, id, value: keyringItems(profile, [`value/${accountId}/${id}`])[0] ?? '' }
}
