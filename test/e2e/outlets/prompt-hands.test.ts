import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ApprovalRequest } from '../../../main/vault/ports/approver.ts'
import { named, Prompting, request, shell, site } from '../support/pages/prompting.ts'

let prompting: Prompting

beforeAll(async () => {
  prompting = await Prompting.start()
})
afterEach(() => prompting.clear())
afterAll(() => prompting.windows.quit())

describe('a prompt that appears while the user types or clicks', () => {
  it('ignores clicks and keys in its first half second', async () => {
    const page = await whileDeaf(async (one) => {
      for (const key of ['Enter', 'Space', 'Escape']) await one.keyboard.press(key)
      const { x, y } = await middleOfAllow(one)
      await one.mouse.click(x, y)
      await one.mouse.dblclick(x, y)
      await prompting.close()
    })
    expect(await prompting.ended()).toEqual([])
    await prompting.armed(page)
    await prompting.click(page, 'Allow')
    await prompting.expectEnded(['once'])
  })

  it('ignores input again for the next request: a double click does not answer it', async () => {
    const page = await prompting.askAndWait()
    await prompting.windows.app.evaluate((_electron, next) => globalThis.stage.ask(next), request({ keys: [named('second', 'b')] }))
    const { x, y } = await middleOfAllow(page)
    await page.mouse.dblclick(x, y)
    await page.getByText('second').waitFor()
    expect(await prompting.ended()).toEqual(['once'])
    await prompting.armed(page)
    expect(await prompting.ended()).toEqual(['once'])
  })

  it('ignores a click whose press began before it accepted input', async () => {
    const page = await whileDeaf(async (one) => {
      const { x, y } = await middleOfAllow(one)
      await one.mouse.move(x, y)
      await one.mouse.down()
    })
    await prompting.armed(page)
    await page.mouse.up()
    expect(await prompting.ended()).toEqual([])
  })

  it('ignores a key that was held down before it appeared', async () => {
    const page = await whileDeaf((one) => one.keyboard.down('Enter'))
    await prompting.armed(page)
    await page.keyboard.down('Enter') // as a held key repeats
    await page.keyboard.up('Enter')
    expect(await prompting.ended()).toEqual([])
  })

  it('cannot be answered early through main either, whatever its page sends', async () => {
    const page = await prompting.askAndWait()
    await page.evaluate(() => {
      const { calls, events } = window.latchkeyPrompt
      const hasty = window as unknown as { answers: unknown[] }
      hasty.answers = []
      events['prompt.changed'](async (next) => {
        if (next === null || next.waiting > 0) return
        const answer = { id: next.id, answer: 'for-a-while' } as const
        hasty.answers.push(await calls['prompt.answer'](answer))
        await calls['prompt.drawn']({ id: next.id, height: 300 })
        hasty.answers.push(await calls['prompt.answer'](answer))
      })
    })
    await prompting.windows.app.evaluate((_electron, next) => globalThis.stage.ask(next), request({ keys: [named('second', 'b')] }))
    await page.getByText('1 more request waits').waitFor()
    await prompting.click(page, 'Allow')
    const answers = (): Promise<unknown[]> => page.evaluate(() => (window as unknown as { answers: unknown[] }).answers)
    await expect.poll(answers).toEqual(Array(2).fill({ ok: false, code: 'input-invalid' }))
    expect(await prompting.ended()).toEqual(['once'])
  })

  /**
   * Acts while a prompt that has just appeared ignores input. If the machine is too slow for that half second, it acts on the next prompt.
   */
  async function whileDeaf(act: (page: Page) => Promise<void>): Promise<Page> {
    for (let tries = 0; tries < 8; tries += 1) {
      const page = await prompting.ask()
      await act(page).catch((error: unknown) => {
        if (!page.isClosed()) throw error // it was answered: too slow
      })
      if (!page.isClosed() && (await isDeaf(page))) return page
      await page.mouse.up().catch(() => undefined)
      await page.keyboard.up('Enter').catch(() => undefined)
      await prompting.clear()
    }
    throw new Error('the prompt was never seen in its first half second')
  }

  async function middleOfAllow(page: Page): Promise<{ x: number; y: number }> {
    const allow = await page.getByRole('button', { name: 'Allow', exact: true }).boundingBox()
    if (allow === null) throw new Error('there is nothing to click')
    return { x: allow.x + allow.width / 2, y: allow.y + allow.height / 2 }
  }

  function isDeaf(page: Page): Promise<boolean> {
    return page.evaluate(() => document.querySelector('main')?.getAttribute('aria-busy') === 'true')
  }
})

describe('misleading names in a prompt', () => {
  const evil = { ...shell, program: '/tmp/\u202ehsz/nib/rsu/\u200b', folder: '/home/אבג/דהו/  x' }

  it('show bidirectional marks, invisible characters, repeated spaces and line breaks', async () => {
    const page = await prompting.askAndWait(request({ requester: evil, detail: 'rm -rf /\n\u2067x', purpose: 'run' }))
    const text = await page.locator('main').innerText()
    expect(text).not.toMatch(/[\u200b\u202e\u2067]/)
    for (const told of ['U+202E', 'U+200B', 'space ×2', 'line break', 'U+2067']) expect(text).toContain(told)
  })

  it('keep the parts of a path in order, whatever the direction of their letters', async () => {
    const page = await prompting.askAndWait(request({ requester: evil }))
    const lefts = await page
      .getByText('אבג', { exact: true })
      .or(page.getByText('דהו', { exact: true }))
      .evaluateAll((parts) => parts.map((part) => [part.textContent, part.getBoundingClientRect().left] as const))
    expect(lefts.sort(([, one], [, other]) => one - other).map(([part]) => part)).toEqual(['אבג', 'דהו'])
  })

  it('show a host’s punycode form, and say so', async () => {
    const origin = 'https://accounts.example.com.xn--80ak6aa92e.com'
    const page = await prompting.askAndWait(request({ purpose: 'fill', requester: { ...site, origin } }))
    expect(await page.locator('main').innerText()).toContain(origin)
    await page.getByText('letters beyond a–z').waitFor()
  })

  it('push neither facts nor answers out of sight, whatever their length', async () => {
    const long = 'very-long-'.repeat(100)
    const asked: Partial<ApprovalRequest> = {
      ...{ purpose: 'run', keys: [named(long), named(`${long}b`, 'b')], detail: 'x '.repeat(2000) },
      requester: { ...shell, program: `/${long}/program-end`, folder: `/${long}/folder-end` },
    }
    const page = await prompting.askAndWait(request(asked))
    const outside = await page.evaluate(() => {
      const seen = [...document.querySelectorAll('h1, dt, button, [role=radio]')].filter((element) => element.textContent !== '')
      const scrolls = document.querySelector('.middle')
      return {
        answers: [...document.querySelectorAll('[data-answers] button')].filter((one) => one.getBoundingClientRect().bottom > innerHeight)
          .length,
        wide: seen.filter((element) => element.getBoundingClientRect().right > innerWidth).length,
        reachable: scrolls !== null && scrolls.clientHeight > 100,
      }
    })
    expect(outside).toEqual({ answers: 0, wide: 0, reachable: true })
    const text = await page.locator('main').innerText()
    expect(text).toContain('program-end')
    expect(text).toContain('folder-end')
    expect(text).toMatch(/show \d+ more characters/)
    await page
      .getByRole('button', { name: /^show \d+ more characters$/ })
      .first()
      .click()
    expect(await page.locator('main').innerText()).toContain(long)
  })

  it('of sites are shown to their end', async () => {
    const origin = `https://${'sub.'.repeat(60)}example.com`
    const page = await prompting.askAndWait(request({ purpose: 'fill', requester: { ...site, origin } }))
    expect(await page.locator('main').innerText()).toContain(origin)
  })
})
