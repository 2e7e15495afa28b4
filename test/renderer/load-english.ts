import { expect } from 'vitest'

// As each window does before it draws. Other tests need no texts and should not wait for them.
if (expect.getState().testPath?.includes('/test/renderer/') === true) {
  const { setLanguage } = await import('../../renderer/i18n/texts.svelte.ts')
  await setLanguage('en')
}
