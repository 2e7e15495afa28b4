import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeyList } from '../../../preload/contract.ts'
import { noDetails } from '../../../shared/key-details.ts'
import { createKey, type Desktop, quitAndDiscard, rowOf, startWithVault } from '../support/app/desktop.ts'
import { expectAccessible } from '../support/pages/axe.ts'

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const search = (page: Page) => page.getByRole('textbox', { name: 'Search keys' })
const chosen = (page: Page) => page.getByRole('option', { selected: true })

/** Stores a key of another service, whose account is then the current one. */
async function store(page: Page, name: string, value: string): Promise<void> {
  await page.evaluate(
    async ([name, value]) => {
      const stored = await window.latchkey.calls['values.store']({ name, value })
      if (!stored.ok) throw new Error(stored.code)
    },
    [name, value] as const,
  )
}

describe('the list of all keys', () => {
  let desktop: Desktop
  beforeAll(async () => {
    desktop = await startWithVault()
    await createKey(desktop.page, 'deploy')
    await createKey(desktop.page, 'backup')
    await store(desktop.page, 'payments', `sk_test_${'a1B2c3D4'.repeat(3)}`)
    await store(desktop.page, 'unknown', 'a-value-of-no-known-service')
  })
  afterAll(() => quitAndDiscard(desktop))

  it('is reached by Ctrl+Shift+A and by the account menu, and has the keys of every account', async () => {
    const { page } = desktop
    await page.keyboard.press('Control+Shift+A')
    for (const name of ['deploy', 'backup', 'payments', 'unknown']) await rowOf(page, name).waitFor()
    await page.keyboard.press('Control+1')
    await rowOf(page, 'payments').waitFor({ state: 'detached' })
    await button(page, /^Account:/).click()
    await page.getByRole('menuitemradio', { name: /^All keys/ }).click()
    await rowOf(page, 'payments').waitFor()
    await expectAccessible(page)
  })

  it('is searched by name, service and account', async () => {
    const { page } = desktop
    for (const [typed, found] of [
      ['DEPLOY', ['deploy']],
      ['stripe', ['payments']],
      ['this computer', ['backup', 'deploy']],
      ['stored strip', ['payments']],
    ] as const) {
      await search(page).fill(typed)
      await expect.poll(() => page.getByRole('option').count(), { message: typed }).toBe(found.length)
      for (const name of found) await rowOf(page, name).waitFor()
    }
    await search(page).fill('nothing like it')
    await page.getByText('No key matches').waitFor()
    await expectAccessible(page)
    await search(page).press('Escape')
    await rowOf(page, 'unknown').waitFor()
  })

  it('is grouped by service or by account, as chosen', async () => {
    const { page } = desktop
    await button(page, /^Group keys/).click()
    await page.getByRole('menuitemradio', { name: 'By service' }).click()
    await page.getByText('Other keys').waitFor()
    const told = await page.evaluate(() => window.latchkey.calls['app.state'](null))
    expect(told).toMatchObject({ value: { keyView: { scope: 'all', grouping: 'service' } } })
    await expectAccessible(page)
  })

  it('is used by the keyboard: arrows, Home and End, a letter to search, Enter to the key, Escape back', async () => {
    const { page } = desktop
    await rowOf(page, 'payments').click()
    await page.keyboard.press('Home')
    expect(await chosen(page).textContent()).toContain('payments')
    expect(await chosen(page).evaluate((row) => [row.ariaPosInSet, row.ariaSetSize])).toEqual(['1', '4'])
    await page.keyboard.press('ArrowDown')
    await page.getByRole('heading', { name: 'backup' }).waitFor()
    await page.keyboard.press('End')
    await page.getByRole('heading', { name: 'unknown' }).waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.keyboard.type('dep')
    await expect.poll(() => search(page).inputValue()).toBe('dep')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'deploy' }).waitFor()
    await search(page).fill('')
  })

  it('acts on each key in its own account', async () => {
    const { page } = desktop
    await rowOf(page, 'deploy').click()
    await button(page, 'Disable').click()
    await button(page, 'Enable').waitFor()
    await page.keyboard.press('Control+z')
    await button(page, 'Disable').waitFor()
    await rowOf(page, 'payments').click()
    await button(page, 'Reveal value').click()
    await button(page, 'Hide value').waitFor()
    await rowOf(page, 'backup').click()
    await button(page, 'Reveal value').waitFor()
    await rowOf(page, 'payments').click()
    await button(page, 'Reveal value').waitFor()
    await button(page, 'Rename…').click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('shop')
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).press('Enter')
    await rowOf(page, 'shop').waitFor()
  })

  it('selects a new key, and the neighbour of one that was deleted', async () => {
    const { page } = desktop
    await createKey(page, 'fresh')
    expect(await chosen(page).textContent()).toContain('fresh')
    await button(page, 'Delete…').click()
    await page.getByRole('alertdialog').getByRole('textbox').fill('fresh')
    await button(page, 'Delete key').click()
    await rowOf(page, 'fresh').waitFor({ state: 'detached' })
    expect(await chosen(page).count()).toBe(1)
  })

  it('is narrowed in the sidebar to a service, and from there leads to an account and to the trash', async () => {
    const { page } = desktop
    const views = page.getByRole('navigation', { name: 'Views' })
    await views.getByRole('link', { name: /^Stripe/ }).click()
    await rowOf(page, 'deploy').waitFor({ state: 'detached' })
    await rowOf(page, 'shop').waitFor()
    await expectAccessible(page)
    await button(page, 'Show every service').click()
    await rowOf(page, 'deploy').waitFor()
    await views.getByRole('link', { name: /^All keys/ }).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByText('No key needs attention.').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await rowOf(page, 'shop').waitFor({ state: 'detached' })
    expect(await views.getByRole('link', { name: /^This computer/ }).getAttribute('aria-current')).toBe('page')
    await views.getByRole('link', { name: /^Trash/ }).click()
    await page.getByRole('dialog', { name: 'Trash' }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await views.getByRole('link', { name: /^All keys/ }).click()
    await rowOf(page, 'shop').waitFor()
  })

  it('shows the sheet of shortcuts on ?', async () => {
    const { page } = desktop
    await rowOf(page, 'deploy').click()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})

describe('ten thousand keys', () => {
  let desktop: Desktop
  beforeAll(async () => {
    desktop = await startWithVault()
    await desktop.page.evaluate(() => window.latchkey.calls['app.setKeyView']({ scope: 'all', grouping: 'none' }))
    await answerWithMany(desktop)
    await desktop.page.reload()
    await rowOf(desktop.page, 'key-0').waitFor()
  })
  afterAll(() => quitAndDiscard(desktop))

  it('are counted, and only those in view are in the page', async () => {
    const { page } = desktop
    await page.getByText('10,000 keys').waitFor()
    expect(await page.getByRole('option').count()).toBeLessThan(50)
    expect(await rowOf(page, 'key-0').evaluate((row) => [row.ariaPosInSet, row.ariaSetSize])).toEqual(['1', '10000'])
    await expectAccessible(page)
  })

  it('are reached at both ends by the keyboard, and the focus stays in the list while it is scrolled', async () => {
    const { page } = desktop
    await rowOf(page, 'key-0').click()
    await page.keyboard.press('End')
    await rowOf(page, 'key-9999').waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('key-9999')
    await page.mouse.move(200, 400)
    await page.mouse.wheel(0, -100_000)
    await expect.poll(() => rowOf(page, 'key-7900').count()).toBe(1)
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('key-9999')
    await page.keyboard.press('Home')
    await page.getByRole('heading', { name: 'key-0', exact: true }).waitFor()
  })

  it('are found by typing', async () => {
    const { page } = desktop
    await search(page).fill('key-4711')
    await expect.poll(() => page.getByRole('option').count()).toBe(1)
    await rowOf(page, 'key-4711').waitFor()
    await search(page).fill('')
  })
})

/** Main answers with 10,000 keys in the list of the current account from now on: a vault takes too long to be filled with as many. */
async function answerWithMany({ app }: Desktop): Promise<void> {
  await app.evaluate(({ ipcMain }, details) => {
    type Handler = (event: unknown, input: unknown) => Promise<{ ok: true; value: { lists: KeyList[] } }>
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
    const answer = handlers.get('call:keys.listAll')
    if (answer === undefined) throw new Error('there is no such call')
    const keys: KeyList['keys'] = Array.from({ length: 10_000 }, (_, place) => ({
      ...{ id: place.toString(16).padStart(24, '0'), name: `key-${place}`, enabled: true, createdAt: place * 1000, lastFour: 'wxyz' },
      ...{ value: 'here', verified: null, service: place % 3 === 0 ? 'github' : null, details },
    }))
    handlers.set('call:keys.listAll', async (event, input) => {
      const given = await answer(event, input)
      return { ok: true, value: { lists: given.value.lists.map((list) => ({ ...list, keys })) } }
    })
  }, noDetails)
}
