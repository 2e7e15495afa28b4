import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte()], // for the runes of the window's classes
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/lane.ts', 'test/renderer/load-english.ts'],
    // These need the package that `npm run hardening` makes.
    exclude: process.env['LATCHKEY_PACKAGE'] === undefined ? ['test/hardening/packaged/**'] : [],
    environment: 'node',
    globals: false,
    // Processes, not threads: Realm keeps threads and handles that outlive a worker thread and take it down on the way out.
    pool: 'forks',
    isolate: true,
    // Generous, for a machine with two cores that also runs Electron: these timeouts only end tests that hang.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    expect: { poll: { timeout: 15_000 } }, // below a test's timeout, so that the failure names the condition
    // Nothing is written into the checkout: its owner may not exist in the tests' user namespace.
    cache: false,
    allowOnly: false,
    passWithNoTests: false,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
})
