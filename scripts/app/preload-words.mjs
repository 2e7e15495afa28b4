/**
 * Offers a page every catalogue of texts that is a chunk of its own, as `<link rel="modulepreload" hreflang="de">`. Main leaves the one
 * whose language is spoken, so that it is loaded beside the page's script.
 * @returns {import('vite').Plugin}
 */
export function preloadWords() {
  return {
    name: 'latchkey:preload-words',
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
