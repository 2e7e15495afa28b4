import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Has axe look at the page as it is, in both themes, and expects that it finds nothing. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe)
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate(async (name) => {
      document.documentElement.setAttribute('data-theme', name)
      // A colour on its way from one theme to the other is neither; what turns for ever is not on its way.
      const moves = document.getAnimations().filter((move) => move.effect?.getComputedTiming().endTime !== Infinity)
      await Promise.allSettled(moves.map(({ finished }) => finished))
    }, theme)
    const found = await page.evaluate(async () => {
      const { axe: auditor } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
      const { violations } = await auditor.run()
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    })
    expect(found, theme).toEqual([])
  }
}
