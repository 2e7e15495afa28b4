import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { translatedPage } from '../../../main/windows/translated-page.ts'

const built = join(import.meta.dirname, '../../../out/renderer')

describe('a page in a language', () => {
  for (const page of ['index', 'prompt', 'palette']) {
    const html = readFileSync(join(built, `${page}.html`), 'utf8')
    it.each(['en', 'de'] as const)(
      `${page}.html is marked as %s, and loads the catalogue of that language alone beside its script`,
      (language) => {
        const spoken = translatedPage(html, language)
        expect(spoken).toContain(`<html lang="${language}" dir="ltr">`)
        expect([...spoken.matchAll(/hreflang="(\w+)" href="\.\/assets\/(\w+)-/g)].map(([, of, chunk]) => [of, chunk])).toEqual([
          [language, language],
        ])
        expect(spoken).toContain('<script type="module"')
        // Each was requested only after the catalogue had come.
        const [catalogue = ''] = /assets\/(?:en|de)-[^"]+/.exec(spoken) ?? []
        const imports = [...readFileSync(join(built, catalogue), 'utf8').matchAll(/from\s*["'`]\.\/([^"'`]+\.js)/g)].map(([, file]) => file)
        for (const file of imports) expect(spoken).toContain(`assets/${file}`)
      },
    )
  }
})
