import type { BrowserContext, Frame } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Site } from '../../pages/site.ts'
import { serveSite } from '../../pages/site.ts'
import { enter, openBrowser, type World } from './content-world.ts'

const value = 'PEVQhc6wr0Fy-canary'

describe('a field in a frame of the same site', () => {
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

  async function openFrame(): Promise<{ frame: Frame; world: World }> {
    const page = await context.newPage()
    await page.goto(`${site.origin}/framed.html`)
    const frame = page.frames()[1]
    if (!frame) throw new Error('no frame')
    return { frame, world: await enter(frame) }
  }

  it('is filled', async () => {
    const { frame, world } = await openFrame()
    expect(await world.find()).toMatchObject({ origins: [site.origin, site.origin], field: { obstacle: null } })
    expect(await world.fill(value)).toBe('filled')
    expect(await frame.locator('#field').inputValue()).toBe(value)
  })

  it('is not filled if the frames around it are not those that were reported', async () => {
    const { frame, world } = await openFrame()
    await world.find()
    expect(await world.fill(value, [site.origin])).toBe('gone')
    expect(await frame.locator('#field').inputValue()).toBe('')
  })
})
