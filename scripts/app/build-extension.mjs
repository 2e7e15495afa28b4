import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../process/failure.mjs'
import { notice } from '../process/notice.mjs'
import { appVersion, checkout } from '../set-up/checkout.mjs'
import { readRecord, writeRecord } from '../set-up/record.mjs'
import { sourceHash } from './build.mjs'

/** The sources of the extension. The styles are the window's. */
const sources = [
  'clients/extension',
  'clients/shared/protocol',
  'clients/shared/secure-session',
  'shared',
  'renderer/ui',
  'package.json',
  'package-lock.json',
  'scripts/app/build-extension.mjs',
]
const browsers = /** @type {const} */ (['chromium', 'firefox'])

/**
 * Builds the extension for each browser, into out/extension/BROWSER, if its sources changed since the last build. Scripts and pages are the
 * same for all; the manifests differ.
 * @param {string} [root]
 * @returns {Promise<void>}
 */
export async function buildExtension(root = checkout) {
  const out = join(root, 'out', 'extension')
  const record = join(out, 'build.json')
  const wanted = sourceHash(root, sources)
  const built = browsers.every((browser) => existsSync(join(out, browser, 'manifest.json')))
  if (built && readRecord(record)['sources'] === wanted) return
  notice('Building the extension ...')
  rmSync(out, { recursive: true, force: true })
  const common = join(out, 'common')
  try {
    const { manifestOf, languages, manifestMessages } = await bundle(root, common)
    for (const [language, texts] of Object.entries(languages)) {
      const folder = join(common, '_locales', language)
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'messages.json'), `${JSON.stringify(manifestMessages(texts), null, 2)}\n`)
    }
    for (const browser of browsers) {
      cpSync(common, join(out, browser), { recursive: true })
      writeFileSync(join(out, browser, 'manifest.json'), `${JSON.stringify(manifestOf(browser, appVersion(root)), null, 2)}\n`)
    }
  } catch (thrown) {
    const { message } = /** @type {Error} */ (thrown)
    throw new Failure(`The extension could not be built:\n${message}`, 'Fix that, then try again.')
  }
  rmSync(common, { recursive: true })
  writeRecord(record, { sources: wanted })
}

/**
 * What the manifests are made of.
 * @typedef {{
 *   manifestOf: (browser: 'chromium' | 'firefox', version: string) => object
 *   languages: Record<string, object>
 *   manifestMessages: (texts: object) => object
 * }} ManifestParts
 */

/**
 * @param {string} root
 * @param {string} out
 * @returns {Promise<ManifestParts>}
 */
async function bundle(root, out) {
  // Imported only if there is something to build: it takes a tenth of a second at each start of the tests.
  const [{ build, runnerImport }, { svelte }] = await Promise.all([import('vite'), import('@sveltejs/vite-plugin-svelte')])
  const extension = join(root, 'clients', 'extension')
  const plain = /** @type {const} */ ({ configFile: false, logLevel: 'error', publicDir: false })
  const output = { outDir: out, emptyOutDir: false, minify: true, target: ['chrome120', 'firefox128'], modulePreload: false }
  for (const name of ['background/background', 'content/content']) {
    await build({
      ...plain,
      root: extension,
      build: {
        ...output,
        // One classic script each: injected scripts and Firefox's background cannot be modules.
        rollupOptions: { input: join(extension, `${name}.ts`), output: { format: 'iife', entryFileNames: '[name].js' } },
      },
    })
  }
  await build({
    ...plain,
    root: join(extension, 'popup'),
    base: './',
    plugins: [svelte({ configFile: false })],
    build: {
      ...output,
      rollupOptions: {
        input: join(extension, 'popup', 'popup.html'),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
      },
    },
  })
  cpSync(join(extension, 'icons'), join(out, 'icons'), { recursive: true })
  const imported = await Promise.all(
    ['manifest.ts', 'texts/languages.ts'].map((source) => runnerImport(join(extension, source), { ...plain, root })),
  )
  return /** @type {ManifestParts} */ (Object.assign({}, ...imported.map(({ module }) => module)))
}
