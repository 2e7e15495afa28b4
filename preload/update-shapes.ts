/** What messages about newer versions are made of. */
import * as v from 'valibot'
import { nothing, refusalCode, time } from './shapes.ts'

/**
 * development: made to try out · package: whoever installed the package updates it · unsigned: made without a place for updates and
 * the key that signs them · misnamed: made with a place or a key that is none
 */
export const updatesBarred = v.picklist(['development', 'package', 'unsigned', 'misnamed'])

/** none: nothing newer is known · found · downloading · ready: takes this version's place when the app ends */
export const updateSteps = ['none', 'checking', 'found', 'downloading', 'ready'] as const

export const updates = v.strictObject({
  /** Why this Latchkey does not look for newer versions; null when it does. */
  barred: v.nullable(updatesBarred),
  step: v.picklist(updateSteps),
  /** The newer version; null where none is known. */
  version: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  /** Of the download, in hundredths. */
  percent: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
  /** Why the last step failed; null when it did not. */
  trouble: v.nullable(refusalCode),
  /** When the feed last answered; null before. */
  checkedAt: v.nullable(time),
})

export const updateCalls = {
  'updates.state': { input: nothing, output: updates },
  'updates.check': { input: nothing, output: updates },
  'updates.download': { input: nothing, output: updates },
  /** Ends the app, and starts the newer one. */
  'updates.install': { input: nothing, output: updates },
} as const
