import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { preloadCatalogues } from './scripts/app/preload-catalogues.mjs'

/** Native packages load from node_modules; everything else is bundled, so that a cold start reads one file. */
const native = ['electron', 'realm', 'keytar', 'libsql', '@node-rs/argon2', 'koffi']
const commonJs = { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' } as const

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      minify: true,
      target: 'node18',
      externalizeDeps: false,
      sourcemap: 'hidden', // for scripts/dist/source-maps.mjs; packages do not contain it
      rollupOptions: { input: { index: 'main/start.ts' }, external: native, output: { ...commonJs, dynamicImportInCjs: false } },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      minify: true,
      target: 'node18',
      externalizeDeps: false,
      isolatedEntries: true, // a sandboxed preload cannot load a second file
      rollupOptions: {
        input: { index: 'preload/index.ts', prompt: 'preload/prompt.ts', palette: 'preload/palette.ts' },
        external: ['electron'],
        output: commonJs,
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [svelte(), preloadCatalogues()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      target: 'chrome114',
      isolatedEntries: true, // the main window's script stays one file, even if it shares code with the small windows
      rollupOptions: {
        input: { index: 'renderer/index.html', prompt: 'renderer/prompt.html', palette: 'renderer/palette.html' },
      },
    },
  },
})
