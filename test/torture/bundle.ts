import { symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, type Plugin } from 'vite'

const checkout = resolve(import.meta.dirname, '..', '..')

/**
 * Bundles the child and our own modules that it uses into one file: thousands of processes start with it, and a TypeScript loader would
 * take longer than each of them.
 * @param folder where the file is written, with a link to the packages
 * @returns its path
 */
export async function bundleChild(folder: string): Promise<string> {
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'), 'dir')
  await build({
    configFile: false,
    root: checkout,
    logLevel: 'error',
    publicDir: false,
    plugins: [cheapPassphrases()],
    build: {
      ssr: join(import.meta.dirname, 'child', 'child.ts'),
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  })
  return join(folder, 'child.mjs')
}

/**
 * Sets the minimum cost for passphrases, because an opening that takes most of a second would leave no time for the rest.
 * @throws Error if the file, or the cost in it, is no longer there: the runs would go on, with other times
 */
function cheapPassphrases(): Plugin {
  let isCheap = false
  return {
    name: 'cheap-passphrases',
    transform(code, id) {
      if (!id.endsWith('/main/keychain/passphrase/derivation.ts')) return null
      const cheap = code.replace('const targetMs = 700', 'const targetMs = 0')
      isCheap = cheap !== code
      return cheap
    },
    buildEnd(error) {
      if (error === undefined && !isCheap) throw new Error('the cost of passphrases is no longer where it was')
    },
  }
}
