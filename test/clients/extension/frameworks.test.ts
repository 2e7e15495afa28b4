import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Site } from '../../pages/site.ts'
import { serveSite } from '../../pages/site.ts'
import { enter, openBrowser } from './content-world.ts'

/** These frameworks keep a form's value in a state of their own, and restore it unless an event announces a change. */
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

describe('a form keeps a filled key', () => {
  it.each(['react', 'vue', 'svelte'])('in %s', async (framework) => {
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
