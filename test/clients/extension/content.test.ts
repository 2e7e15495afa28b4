import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { enter, enterAndFind, innerFrame, TestPages } from './content-world.ts'

/** The content script alone, in a Chromium: what it finds, what it refuses, and how it fills. */
const value = 'PEVQhc6wr0Fy-canary'
const pages = new TestPages()
let page: Page
afterEach(() => page.close())

async function open(path: string): Promise<void> {
  page = await pages.open(path)
}

/** A page with only one of its fields. */
async function openOnly(path: string, id: string): Promise<void> {
  await open(path)
  await page.evaluate((kept) => {
    for (const field of document.querySelectorAll('input, textarea')) if (field.id !== kept) field.remove()
  }, id)
}

/** The value of the page's field, wherever it is. */
function typed(selector = '#field'): Promise<string> {
  return page.locator(selector).inputValue()
}

describe('the content script finds a field', () => {
  it.each([
    ...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ['field-labels.html', id] as const),
    ...['a', 'b', 'c'].map((id) => ['german.html', id] as const),
  ])('by its label and attributes (%s, %s)', async (path, id) => {
    await openOnly(path, id)
    const world = await enter(page)
    expect((await world.find()).field).toMatchObject({ obstacle: null })
    expect(await world.fill(value)).toBe('filled')
    expect(await typed(`#${id}`)).toBe(value)
  })

  it.each([
    ...['username', 'otp', 'keyword', 'keyname', 'new', 'locked', 'disabled'].map((id) => ['field-labels.html', id] as const),
    ...['keyword', 'keyname', 'public', 'keyid', 'new', 'confirm', 'code'].map((id) => ['german.html', id] as const),
  ])('but not where something else is asked for (%s, %s)', async (path, id) => {
    await openOnly(path, id)
    const world = await enter(page)
    expect((await world.find()).field).toBeNull()
    expect(await world.fill(value)).toBe('gone')
    expect(await typed(`#${id}`)).toBe('')
  })

  it('that has the focus, before any with a better label', async () => {
    await open('field-labels.html')
    await page.locator('#c').focus()
    const world = await enter(page)
    expect((await world.find()).field).toMatchObject({ label: 'Client secret', rank: 5 })
    await world.fill(value)
    expect(await typed('#c')).toBe(value)
  })

  it('beside a user name, although the page focuses that one', async () => {
    await open('user-and-key.html')
    const world = await enterAndFind(page)
    await world.fill(value)
    expect([await typed('#user'), await typed()]).toEqual(['', value])
  })

  it('whatever its label, if the user points at it', async () => {
    await open('user-and-key.html')
    await page.locator('#user').focus()
    const world = await enter(page)
    await world.find(true)
    await world.fill(value)
    expect(await typed('#user')).toBe(value)
  })

  it.each([
    ['in a sign-in form with a single field', 'single-field.html', '#field', value],
    ['in a German sign-in form with a single field', 'german-sign-in.html', '#field', value],
    ['behind filters that only change its colours', 'filtered.html', '#field', value],
    ['in an API console’s authorization dialog', 'api-consoles/swagger.html', '#api_key_value', value],
    ['in a header, and keeps its scheme', 'api-consoles/authorization.html', '#field', `Bearer ${value}`],
  ])('%s', async (_, path, selector, content) => {
    await open(path)
    const world = await enterAndFind(page)
    expect(await world.fill(value)).toBe('filled')
    expect(await typed(selector)).toBe(content)
  })

  it('but not in every form with a single field', async () => {
    await open('newsletter.html')
    expect((await (await enter(page)).find()).field).toBeNull()
  })

  it('further down the page, and scrolls it into view', async () => {
    await open('long.html')
    const world = await enter(page)
    expect((await world.find()).field).toMatchObject({ inView: false, obstacle: null })
    expect((await world.look()).field?.obstacle).toBeNull()
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(1000)
    expect(await world.fill(value)).toBe('filled')
  })

  it('under the label and lines that frameworks lay over it', async () => {
    await open('floating-label.html')
    const world = await enterAndFind(page)
    expect(await world.fill(value)).toBe('filled')
    expect(await page.locator('label').getAttribute('style')).toBeNull() // unchanged
  })

  // Regression: generated content of the field's ancestors, or with its own `pointer-events`, was not checked.
  it('beside and below generated content that does not hide it, and leaves that unchanged', async () => {
    await open('decorated.html')
    const before = await page.content()
    const world = await enter(page)
    expect((await world.find()).field).toMatchObject({ obstacle: null })
    expect(await page.content()).toBe(before)
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
    expect(await world.fill(value)).toBe('filled')
  })

  it.each([
    ['open shadow roots', 'shadow-root.html'],
    ['closed shadow roots, where no script of a page can look', 'closed-shadow-root.html'],
  ])('inside %s', async (_, path) => {
    await open(path)
    const world = await enter(page)
    expect((await world.find()).field).toMatchObject({ label: 'Access key' })
    expect(await world.fill(value)).toBe('filled')
    expect(await page.title()).toBe(`typed ${value.length}`)
  })

  it('that is read-only until it has the focus', async () => {
    await open('readonly-until-focused.html')
    const world = await enter(page)
    expect((await world.find()).field).toMatchObject({ label: 'API key', obstacle: null })
    expect(await world.fill(value)).toBe('filled')
    expect(await typed()).toBe(value)
  })

  it('that is read-only until it has the focus, but does not fill it if it stays read-only', async () => {
    await open('readonly-until-focused.html')
    const world = await enterAndFind(page)
    await page.locator('#field').evaluate((field: HTMLInputElement) => {
      field.addEventListener('focus', () => (field.readOnly = true))
      field.readOnly = true
    })
    expect(await world.fill(value)).toBe('locked-field')
    expect(await typed()).toBe('')
  })

  it('in a query console’s editor, at the caret', async () => {
    await open('api-consoles/graphiql.html')
    const world = await enter(page)
    expect((await world.find()).field).toBeNull() // not before the user has placed the caret
    await page.locator('.CodeMirror').click()
    await page.keyboard.type('{"apiKey":"')
    expect((await world.find()).field).toMatchObject({ label: 'Headers', rank: 5 })
    expect(await world.fill(value)).toBe('filled')
    expect(await page.locator('pre').textContent()).toBe(`{"apiKey":"${value}`)
  })
})

describe('a page is informed of a filled value', () => {
  it.each(['keydown', 'keyup', 'blur', 'focusout'])(
    'where its button waits for %s, by an event that does not contain the value',
    async (event) => {
      await open(`button-waits.html?event=${event}`)
      await page.evaluate((awaited) => {
        addEventListener(awaited, (heard) => (document.title = String((heard as KeyboardEvent).key)), true)
      }, event)
      const world = await enterAndFind(page)
      expect(await world.fill(value)).toBe('filled')
      expect(await page.getByRole('button').isEnabled()).toBe(true)
      expect(['Unidentified', 'undefined']).toContain(await page.title())
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('field')
    },
  )

  it('by events that do not contain the value', async () => {
    await open('plain.html')
    await page.evaluate(() => {
      const heard: string[] = ((window as unknown as { heard: string[] }).heard = [])
      for (const type of ['input', 'change'])
        addEventListener(type, (event) => heard.push(`${event.type} ${(event as InputEvent).data ?? null}`))
    })
    const world = await enterAndFind(page)
    await world.fill(value)
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(['input null', 'change null'])
  })

  it('and its field is marked, so that the browser stores the value neither for suggestions nor with the tab', async () => {
    await open('single-field.html')
    const world = await enterAndFind(page)
    await world.fill(value)
    expect(await page.locator('#field').getAttribute('autocomplete')).toBe('off')
  })

  it('once, even if its handler dispatches the event again', async () => {
    await open('attack/dispatches-again.html')
    const world = await enterAndFind(page)
    expect(await world.fill(value)).toBe('filled')
    expect(await world.fill(value)).toBe('gone') // one gesture, one fill
  })

  it('and is detected if it replaces the value', async () => {
    await open('attack/puts-other.html')
    const world = await enterAndFind(page)
    expect(await world.fill(value)).toBe('not-kept')
  })

  it('but a field with a lower maximum length is not filled', async () => {
    await open('plain.html')
    await page.locator('#field').evaluate((field: HTMLInputElement) => (field.maxLength = 8))
    const world = await enterAndFind(page)
    expect(await world.fill(value)).toBe('too-long')
    expect(await typed()).toBe('')
  })
})

describe('the content script refuses a field that is', () => {
  const attacks: [page: string, reason: string][] = [
    ['covered/by-element', 'covered'],
    ['covered/by-untouchable', 'covered'],
    ['covered-by-pseudo/of-itself', 'covered'],
    ['covered-by-pseudo/of-parent', 'covered'],
    ['covered-by-pseudo/of-sibling', 'covered'],
    ['covered-by-pseudo/of-label', 'covered'],
    ['covered-by-pseudo/important', 'covered'],
    ['covered-by-pseudo/without-box', 'covered'],
    ['covered-by-pseudo/shadow', 'covered'],
    ['covered/by-label', 'covered'],
    ['covered/by-inert', 'covered'],
    ['covered/by-shadow', 'covered'],
    ['covered/by-drop-shadow', 'covered'],
    ['covered/by-layers', 'covered'],
    ['covered/by-text', 'covered'],
    ['covered/in-shadow-root', 'covered'],
    ['covered/in-closed-root', 'covered'],
    ['covered/by-backdrop', 'covered'],
    ['covered/by-dialog', 'covered'],
    ['invisible/transparent', 'transparent'],
    ['invisible/transparent-around', 'transparent'],
    ['invisible/transparent-by-filter', 'transparent'],
    ['invisible/slotted-transparent', 'transparent'],
    ['invisible/filtered-by-url', 'transparent'],
    ['invisible/filtered-by-brightness', 'transparent'],
    ['invisible/filtered-by-contrast', 'transparent'],
    ['invisible/filtered-by-invert', 'transparent'],
    ['invisible/filtered-by-blur', 'transparent'],
    ['invisible/blended-away', 'transparent'],
    ['invisible/masked', 'transparent'],
    ['invisible/tiny', 'tiny'],
    ['invisible/scaled', 'tiny'],
    ['invisible/off-screen', 'off-screen'],
    ['invisible/clipped', 'covered'],
    ['invisible/clipped-around', 'covered'],
    ['moves-on-focus', 'off-screen'],
    ['covered/on-focus', 'covered'],
  ]
  it.each(attacks)('%s', async (name, reason) => {
    await open(`attack/${name}.html`)
    const world = await enterAndFind(page)
    expect((await world.look()).field?.obstacle).toBe(reason)
    expect(await world.fill(value)).toBe(reason)
    expect(await typed()).toBe('')
  })

  it('hidden', async () => {
    await open('attack/invisible/hidden.html')
    const world = await enter(page)
    expect((await world.find()).field).toBeNull()
  })

  it('removed since it was found', async () => {
    await open('attack/removed.html')
    const world = await enterAndFind(page)
    await page.locator('#field').evaluate((field) => field.remove())
    expect(await world.fill(value)).toBe('gone')
  })

  it.each([
    ['framed/transparent', 'transparent'],
    ['framed/clipped', 'covered'],
    ['framed/covered', 'covered'],
    ['framed/scaled', 'tiny'],
    ['framed/sandboxed', 'other-frame'],
    ['framed/of-other-site', 'other-frame'],
  ])('in %s', async (name, reason) => {
    await open(`attack/${name}.html`)
    const frame = await innerFrame(page)
    const world = await enterAndFind(frame)
    expect((await world.look()).field?.obstacle).toBe(reason)
    expect(await world.fill(value)).toBe(reason)
    expect(await frame.locator('#field').inputValue()).toBe('')
  })

  it.each(['framed/sandboxed', 'framed/of-other-site'])('in %s, which its origins reveal', async (name) => {
    await open(`attack/${name}.html`)
    const { origins } = await (await enter(await innerFrame(page))).find()
    expect(origins).toEqual(name === 'framed/sandboxed' ? ['null', 'null'] : [pages.site.otherOrigin, 'null'])
  })
})
