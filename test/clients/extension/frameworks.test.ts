import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Site } from '../../pages/site.ts'
import { serveSite } from '../../pages/site.ts'
import { enter, openBrowser } from './content-world.ts'

/** Forms that keep a value in their own state, and restore it if they get no event. */
const value = 'PEVQhc6wr0Fy-canary'
let site: Site
let context: BrowserContext
beforeAll(async () => {
  site = await serveSite()
  context = await openBrowser()
})
afterAll(async () => {
  await context.browser()?.close()
  await site.close()
})

describe('a form learns of a filled key', () => {
  it.each(['react', 'vue', 'svelte'])('of %s', async (framework) => {
    const page = await context.newPage()
    await page.goto(`${site.origin}/${framework}.html`)
    await page.locator('#field').waitFor()
    const world = await enter(page)
    await world.find()
    expect(await world.fill(value)).toBe('filled')
    await page.waitForFunction((wanted) => document.querySelector('output')?.textContent === wanted, value)
    expect(await page.locator('#field').inputValue()).toBe(value)
  })
})
