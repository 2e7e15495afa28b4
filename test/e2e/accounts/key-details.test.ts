import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Desktop } from '../support/app/desktop.ts'
import { createKey, quitAndDiscard, rowOf, startWithVault } from '../support/app/desktop.ts'
import { expectAccessible } from '../support/pages/axe.ts'
import { choose, cutOff, write } from '../support/pages/languages.ts'

/** A day so many days from today, as a field for days takes it. */
function day(days: number): string {
  const date = new Date(Date.now() + days * 24 * 60 * 60 * 1000)
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

describe('the details of a key', () => {
  let desktop: Desktop
  const button = (name: string | RegExp) => desktop.page.getByRole('button', { name, exact: true })
  const dialog = () => desktop.page.getByRole('dialog', { name: 'Details of ci' })
  const field = (name: string) => dialog().getByLabel(name, { exact: true })
  const search = () => desktop.page.getByRole('textbox', { name: 'Search keys' })
  const found = () => desktop.page.getByRole('option').count()
  const section = () => desktop.page.getByRole('region', { name: 'Details' })

  beforeAll(async () => {
    desktop = await startWithVault()
    await createKey(desktop.page, 'other')
    await createKey(desktop.page, 'ci')
  })
  afterAll(() => quitAndDiscard(desktop))

  it('are written in a dialog, and shown without what is not set', async () => {
    await rowOf(desktop.page, 'ci').click()
    await section().getByText('Nothing written down').waitFor()
    await button('Edit details…').click()
    await field('Tags').fill('billing, on call')
    await dialog().getByRole('radio', { name: 'Production' }).click()
    await field('User or account there').fill('octocat')
    await field('Expires').fill(day(5))
    await field('Notes').fill('Ask Grace\nbefore renewing')
    await expectAccessible(desktop.page)
    await dialog().getByRole('button', { name: 'Save' }).click()
    await section().getByText('Production').waitFor()
    await section().getByText('octocat').waitFor()
    await section().getByText('Expires in 5 days').waitFor()
    expect(await section().getByText('Ask Grace').innerText()).toBe('Ask Grace\nbefore renewing')
    expect(await section().getByText('Renew at').count()).toBe(0)
    await rowOf(desktop.page, 'ci').getByText('Expires in 5 days').waitFor()
    expect(await rowOf(desktop.page, 'ci').innerText()).not.toContain('Grace')
    await expectAccessible(desktop.page)
  })

  it('are refused at the field that is wrong, which says why', async () => {
    await button('Edit details…').click()
    await field('Where to renew it').fill('http://renewal.example')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await dialog().getByText('An address starts with https:// and contains no password.').waitFor()
    expect(await field('Where to renew it').getAttribute('aria-invalid')).toBe('true')
    await expectAccessible(desktop.page)
    await field('Where to renew it').fill('https://renewal.example/settings?of=ci')
    await dialog().getByRole('button', { name: 'Save' }).click()
    await section().getByText('https://renewal.example/settings?of=ci').waitFor()
  })

  it('name the address where the key is renewed, which is copied and not opened', async () => {
    await section().getByRole('button', { name: 'Copy address' }).click()
    await desktop.page.getByText('Address copied').first().waitFor({ state: 'attached' })
    expect(await desktop.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('https://renewal.example/settings?of=ci')
  })

  it('offer the tags that other keys have, by mouse and by keyboard', async () => {
    await rowOf(desktop.page, 'other').click()
    await button('Edit details…').click()
    const other = desktop.page.getByRole('dialog', { name: 'Details of other' })
    await other.getByLabel('Tags', { exact: true }).fill('b')
    await other.getByLabel('Tags', { exact: true }).press('Tab')
    await desktop.page.keyboard.press('Enter')
    await expect.poll(() => other.getByLabel('Tags', { exact: true }).inputValue()).toBe('billing, ')
    await desktop.page.keyboard.press('Enter')
    await section().getByRole('button', { name: 'Show keys with the tag billing' }).waitFor()
  })

  it('are searched, and a tag shows the keys that have it', async () => {
    for (const [text, keys] of [
      ['grace', 1],
      ['octocat', 1],
      ['tag:billing', 2],
      ['tag:billing env:prod', 1],
      ['nothing like it', 0],
    ] as const) {
      await search().fill(text)
      await expect.poll(found).toBe(keys)
    }
    await search().fill('')
    await rowOf(desktop.page, 'ci').click()
    await section().getByRole('button', { name: 'Show keys with the tag on call' }).click()
    await expect.poll(found).toBe(1)
    expect(await search().inputValue()).toBe('tag:"on call"')
    await search().fill('')
  })

  it('say that a key is expired, which then needs attention', async () => {
    await button('Edit details…').click()
    await field('Expires').fill(day(-1))
    await dialog().getByRole('button', { name: 'Save' }).click()
    await section().getByText('Expired', { exact: true }).waitFor()
    await rowOf(desktop.page, 'ci').getByText('Expired').waitFor()
    await button(/^1 key needs attention$/).waitFor()
  })

  it('fit in German into a small window', async () => {
    await choose(desktop.page, 'de')
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(800, 600))
    await desktop.page.getByRole('button', { name: 'Angaben bearbeiten' }).click()
    await desktop.page.getByRole('dialog', { name: 'Angaben zu ci' }).waitFor()
    await expectAccessible(desktop.page)
    for (const direction of ['rtl', 'ltr'] as const) {
      await write(desktop.page, direction)
      expect(await cutOff(desktop.page), direction).toEqual([])
    }
  })
})
