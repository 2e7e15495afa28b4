import type { Frame } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { enter, innerFrame, TestPages, type World } from './content-world.ts'

const value = 'PEVQhc6wr0Fy-canary'

describe('a field in a frame of the same site', () => {
  const pages = new TestPages()

  async function openFrame(): Promise<{ frame: Frame; world: World }> {
    const frame = await innerFrame(await pages.open('framed.html'))
    return { frame, world: await enter(frame) }
  }

  it('is filled', async () => {
    const { frame, world } = await openFrame()
    expect(await world.find()).toMatchObject({ origins: [pages.site.origin, pages.site.origin], field: { obstacle: null } })
    expect(await world.fill(value)).toBe('filled')
    expect(await frame.locator('#field').inputValue()).toBe(value)
  })

  it('is not filled if the frames around it are not those that were reported', async () => {
    const { frame, world } = await openFrame()
    await world.find()
    expect(await world.fill(value, [pages.site.origin])).toBe('gone')
    expect(await frame.locator('#field').inputValue()).toBe('')
  })
})
