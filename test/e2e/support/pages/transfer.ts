import type { Page } from 'playwright-core'
import type { Desktop } from '../app/desktop.ts'
import { fromMenu } from './main-window.ts'

export const passphrase = 'four unrelated words here'

/** Fakes the user at the system's file dialogs, which no test can press: the next dialog returns this path; null cancels it. */
export async function chooses({ app }: Desktop, path: string | null): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    const save = { canceled: chosen === null, filePath: chosen ?? '' }
    const open = { canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] }
    Object.assign(dialog, { showSaveDialog: () => Promise.resolve(save), showOpenDialog: () => Promise.resolve(open) })
  }, path)
}

/** Opens one of the four tasks of the transfer dialog. */
export async function move(page: Page, way: string): Promise<void> {
  await fromMenu(page, 'Back up and move…')
  await page.getByRole('dialog').getByRole('button', { name: way }).click()
}

export async function backUp(desktop: Desktop, path: string): Promise<void> {
  const { page } = desktop
  await chooses(desktop, path)
  await move(page, 'Back up this vault')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Passphrase of the backup' }).fill(passphrase)
  await dialog.getByRole('textbox', { name: 'Repeat passphrase' }).fill(passphrase)
  await dialog.getByRole('button', { name: 'Choose where and back up…' }).click()
  await dialog.getByText('The backup is made').waitFor()
}

/** In the dialog that verifies a backup, or on the restore page. */
export async function openBackup(page: Page, word: string): Promise<void> {
  await page.getByRole('button', { name: 'Choose a backup…' }).click()
  await page.getByRole('textbox', { name: 'Passphrase of the backup' }).fill(word)
}

export async function importEnv(desktop: Desktop, path: string): Promise<void> {
  const { page } = desktop
  await chooses(desktop, path)
  await move(page, 'Import values')
  await page.getByRole('button', { name: 'Choose a file…' }).click()
}

/** By the window's own call. */
export async function valueOf(page: Page, name: string): Promise<string> {
  return page.evaluate(async (wanted) => {
    const list = await window.latchkey.calls['keys.list'](null)
    if (!list.ok) throw new Error(list.code)
    const key = list.value.keys.find((one) => one.name === wanted)
    const answer = await window.latchkey.calls['keys.reveal']({ accountId: list.value.accountId ?? '', id: key?.id ?? '' })
    if (!answer.ok) throw new Error(answer.code)
    return answer.value.value
  }, name)
}
