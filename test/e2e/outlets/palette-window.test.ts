import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { paletteCalls, paletteEvents, type PaletteState } from '../../../preload/palette-contract.ts'
import { startScreen } from '../../main/outlets/typist/x11/screen.ts'
import { expectAccessible } from '../support/pages/axe.ts'
import { request } from '../support/pages/prompting.ts'
import { type SmallWindowsApp, startSmallWindows } from '../support/pages/small-windows.ts'

const accountId = '0123456789abcdef'
function key(name: string, digit: string, change: Partial<PaletteState['keys'][number]> = {}): PaletteState['keys'][number] {
  return { accountId, id: digit.repeat(24), name, account: 'This computer', enabled: true, lastFour: null, usedAt: null, ...change }
}
const state: PaletteState = {
  ...{ theme: 'light', closed: null, unavailable: null, target: { program: 'xterm', title: 'vim deploy.yml' } },
  keys: [
    key('stripe-live', 'a', { usedAt: 2 }),
    key('mailer', 'b', { usedAt: 1, lastFour: 'wxyz' }),
    key('maps_prod', 'c', { enabled: false }),
  ],
}

describe('the palette’s window', () => {
  let screen: { end: () => void }
  let windows: SmallWindowsApp
  let page: Page

  beforeAll(async () => {
    screen = await startScreen()
    windows = await startSmallWindows()
    await windows.app.evaluate(() => void globalThis.stage.windows?.palette.prepare())
    page = await windows.page('palette')
  })
  beforeEach(() =>
    windows.app.evaluate(() => {
      const { palette } = globalThis.stage
      palette.calls.splice(0)
      palette.refusal = null
      globalThis.stage.windows?.palette.hide()
    }),
  )
  afterAll(async () => {
    await windows.quit()
    screen.end()
  })

  it('is created before it is needed, and hidden', async () => {
    expect(await facts()).toEqual({ visible: false, onTop: true, resizable: false, title: 'Latchkey: find a key' })
    await show()
    expect((await facts()).visible).toBe(true)
  })

  it('has its own calls and no others', async () => {
    const found = await page.evaluate(() => ({
      calls: Object.keys(window.latchkeyPalette.calls),
      events: Object.keys(window.latchkeyPalette.events),
      others: [typeof window.latchkey, typeof window.latchkeyPrompt, typeof require, typeof process],
    }))
    expect(found).toEqual({ calls: Object.keys(paletteCalls), events: Object.keys(paletteEvents), others: Array(4).fill('undefined') })
  })

  it('says into which window it types, and types the first key on Enter', async () => {
    await show()
    await page.getByText('Types into').waitFor()
    expect(await page.locator('footer').innerText()).toMatch(/xterm\s+— vim deploy\.yml/)
    await page.keyboard.press('Enter')
    await expectCalls([['type', { accountId, id: 'a'.repeat(24) }]])
    expect((await facts()).visible).toBe(false)
  })

  it('searches while the user types, and moves through the results by arrow keys', async () => {
    await show()
    await page.keyboard.type('MA')
    expect(await names()).toEqual(['mailer', 'maps_prod'])
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: /maps_prod/, selected: true }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: /mailer/, selected: true }).waitFor()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expectCalls([['type', { accountId, id: 'c'.repeat(24) }]])
  })

  it('copies on Ctrl+Enter, says for how long, and closes', async () => {
    await show()
    await page.keyboard.press('Control+Enter')
    await page.getByText(/Copied\. The clipboard is cleared in (30|29) seconds\./).waitFor()
    await expectCalls([
      ['copy', { accountId, id: 'a'.repeat(24) }],
      ['close', null],
    ])
  })

  it('closes on Escape, and is empty when it appears again', async () => {
    await show()
    await page.keyboard.type('stripe')
    await page.keyboard.press('Escape')
    await expectCalls([['close', null]])
    expect(await page.getByRole('option').count()).toBe(0)
    await show()
    expect(await page.getByRole('combobox').inputValue()).toBe('')
    expect(await names()).toEqual(['stripe-live', 'mailer', 'maps_prod'])
  })

  it('types nothing where typing is not possible: it says why, and that the key can be copied', async () => {
    await show({ ...state, unavailable: 'target-browser' })
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('That window is a browser.').waitFor()
    expect(await page.locator('footer').innerText()).toMatch(/Ctrl\s*Enter\s*Copy/)
    expect(await calls()).toEqual([])
    await page.keyboard.press('Control+Enter')
    await expect.poll(async () => (await calls())[0]).toEqual(['copy', { accountId, id: 'a'.repeat(24) }])
  })

  it('appears again to report an error in typing', async () => {
    await windows.app.evaluate(() => (globalThis.stage.palette.refusal = 'target-changed'))
    await show()
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('Another window came to the front.').waitFor()
    expect((await facts()).visible).toBe(true)
  })

  it('says so if nothing is found, if there are no keys, and if the vault is closed', async () => {
    await show()
    await page.keyboard.type('zzz')
    await page.getByText('No key is called that').waitFor()
    await page.keyboard.press('Enter')
    await show({ ...state, keys: [] })
    await page.getByText('There are no keys yet').waitFor()
    await page.keyboard.press('Control+Enter')
    await show({ ...state, keys: [], closed: 'locked' })
    await page.getByText('Open Latchkey’s window to open the vault').waitFor()
    await page.keyboard.press('Enter')
    expect(await calls()).toEqual([])
  })

  it('passes axe', async () => {
    for (const one of [state, { ...state, unavailable: 'typing-unavailable' as const, target: null }, { ...state, keys: [] }]) {
      await show(one)
      await expectAccessible(page)
    }
  })

  it('does not appear over a prompt, and closes when one appears', async () => {
    await show()
    await windows.app.evaluate((_electron, one) => globalThis.stage.ask(one), request())
    const prompt = await windows.page('prompt')
    await prompt.locator('main[aria-busy="false"]').waitFor()
    expect((await facts()).visible).toBe(false)
    await windows.app.evaluate((_electron, one) => globalThis.stage.windows?.palette.show(one), state)
    expect((await facts()).visible).toBe(false)
    await lock()
  })

  it('gets a new process when the vault is locked, and appears as before', async () => {
    await show()
    const before = await processId()
    await lock()
    expect(await processId()).not.toBe(before)
    await show()
    expect(await names()).toEqual(['stripe-live', 'mailer', 'maps_prod'])
  })

  /** It creates the palette anew. */
  async function lock(): Promise<void> {
    const closed = page.waitForEvent('close')
    await windows.app.evaluate(() => globalThis.stage.lock())
    await closed
    page = await windows.page('palette')
    await page.locator('footer').waitFor()
  }

  async function show(shown = state): Promise<void> {
    await windows.app.evaluate((_electron, one) => {
      globalThis.stage.palette.state = one
      return globalThis.stage.windows?.palette.show(one)
    }, shown)
    await page.locator('footer').getByText('Close').waitFor()
    await expect.poll(() => page.getByRole('option').count()).toBe(shown.keys.length)
  }

  function names(): Promise<string[]> {
    return page.locator('[role=option] .name').allInnerTexts()
  }

  function calls(): Promise<unknown[]> {
    return windows.app.evaluate(() => globalThis.stage.palette.calls)
  }

  async function expectCalls(expected: unknown[]): Promise<void> {
    await expect.poll(calls, { timeout: 5_000 }).toEqual(expected)
  }

  function facts(): Promise<{ visible?: boolean; onTop?: boolean; resizable?: boolean; title?: string }> {
    return windows.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().endsWith('palette.html'))
      if (window === undefined) return {}
      return { visible: window.isVisible(), onTop: window.isAlwaysOnTop(), resizable: window.isResizable(), title: window.getTitle() }
    })
  }

  function processId(): Promise<number | undefined> {
    return windows.app.evaluate(({ webContents }) => {
      const contents = webContents.getAllWebContents().find((one) => one.getURL().endsWith('palette.html'))
      return contents?.getOSProcessId()
    })
  }
})
