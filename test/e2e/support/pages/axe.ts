import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Runs axe on the page in both themes, and expects no findings. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe)
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate(async (name) => {
      document.documentElement.setAttribute('data-theme', name)
      // A colour in a transition between themes is neither of them. Endless animations are not waited for.
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
