/**
 * Adds every catalogue of texts that is a chunk of its own to the page, as `<link rel="modulepreload" hreflang="de">`. Main removes all but
 * that of the current language, which is then loaded in parallel with the page's script.
 * @returns {import('vite').Plugin}
 */
export function preloadCatalogues() {
  return {
    name: 'latchkey:preload-catalogues',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.values(bundle ?? {}).flatMap((chunk) => {
          const module = chunk.type === 'chunk' ? (chunk.facadeModuleId ?? '') : ''
          const hreflang = /\/i18n\/([a-z]{2})\.ts$/.exec(module)?.[1]
          if (hreflang === undefined) return []
          return [
            { tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, hreflang, href: `./${chunk.fileName}` }, injectTo: 'head' },
          ]
        }),
    },
  }
}
