/**
 * Adds every catalogue of texts that is a chunk of its own to the page, as `<link rel="modulepreload" hreflang="de">`, and what the
 * catalogues import. Main removes the catalogues of other languages than the current one, which is then loaded in parallel with the page's
 * script.
 * @returns {import('vite').Plugin}
 */
export function preloadCatalogues() {
  return {
    name: 'latchkey:preload-catalogues',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => {
        const catalogues = Object.values(bundle ?? {}).flatMap((chunk) => {
          if (chunk.type !== 'chunk') return []
          const hreflang = /\/i18n\/([a-z]{2})\.ts$/.exec(chunk.facadeModuleId ?? '')?.[1]
          return hreflang === undefined ? [] : [{ chunk, hreflang }]
        })
        const imported = new Set(catalogues.flatMap(({ chunk }) => chunk.imports).filter((file) => !html.includes(file)))
        return [
          ...[...imported].map((file) => preload(file, {})),
          ...catalogues.map(({ chunk, hreflang }) => preload(chunk.fileName, { hreflang })),
        ]
      },
    },
  }
}

/**
 * @param {string} file
 * @param {Record<string, string>} more
 * @returns {import('vite').HtmlTagDescriptor}
 */
function preload(file, more) {
  return { tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, ...more, href: `./${file}` }, injectTo: 'head' }
}
