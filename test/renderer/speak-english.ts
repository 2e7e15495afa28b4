import { expect } from 'vitest'

// As a window does before it draws. The tests of everything else need no texts, and are not to wait for them.
if (expect.getState().testPath?.includes('/test/renderer/') === true) {
  const { speak } = await import('../../renderer/i18n/texts.svelte.ts')
  await speak('en')
}
