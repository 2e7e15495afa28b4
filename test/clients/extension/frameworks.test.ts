import { describe, expect, it } from 'vitest'
import { enterAndFind, TestPages } from './content-world.ts'

/** These frameworks keep a form's value in a state of their own, and restore it unless an event announces a change. */
const value = 'PEVQhc6wr0Fy-canary'
const pages = new TestPages()

describe('a form keeps a filled key', () => {
  it.each(['react', 'vue', 'svelte'])('in %s', async (framework) => {
    const page = await pages.open(`frameworks/${framework}.html`)
    await page.locator('#field').waitFor()
    const world = await enterAndFind(page)
    expect(await world.fill(value)).toBe('filled')
    await page.waitForFunction((wanted) => document.querySelector('output')?.textContent === wanted, value)
    expect(await page.locator('#field').inputValue()).toBe(value)
  })
})
