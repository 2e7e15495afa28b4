import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte()], // for the runes of the window's classes
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/lane.ts', 'test/renderer/load-english.ts'],
    // These need a package, which `npm run hardening` makes.
    exclude: process.env['LATCHKEY_PACKAGE'] === undefined ? ['test/hardening/packaged/**'] : [],
    environment: 'node',
    globals: false,
    // Processes, not threads: Realm keeps threads and handles that outlive a worker thread and take it down on the way out.
    pool: 'forks',
    isolate: true,
    // A build machine of two cores, shared with an Electron: generous, as these only end what hangs.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    expect: { poll: { timeout: 15_000 } }, // below a test's: the condition that does not come says so
    // No files in the checkout, which may belong to somebody whom the tests' user namespace does not know.
    cache: false,
    allowOnly: false,
    passWithNoTests: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
})
