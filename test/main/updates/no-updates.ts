import { Updates } from '../../../main/updates/updates.ts'

/** Of a vault without an app around it. */
export const noUpdates = new Updates({
  unavailable: 'development',
  load: () => Promise.reject(new Error('nothing is looked for')),
  mode: () => 'off',
  changed: () => undefined,
  clock: Date.now,
})
