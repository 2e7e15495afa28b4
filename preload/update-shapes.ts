/** The schemas of messages about updates. */
import * as v from 'valibot'
import { nothing, refusalCode, time } from './shapes.ts'

/**
 * development: a development build · package: the system's package manager updates it · unsigned: built without a feed address and a
 * signing key · misnamed: the feed address or the signing key is malformed
 */
export const updatesUnavailable = v.picklist(['development', 'package', 'unsigned', 'misnamed'])

/** none: no newer version is known · ready: downloaded, and installed when the app ends */
export const updateSteps = ['none', 'checking', 'found', 'downloading', 'ready'] as const

export const updates = v.strictObject({
  /** Why this installation does not look for updates; null if it does. */
  unavailable: v.nullable(updatesUnavailable),
  step: v.picklist(updateSteps),
  /** The newer version; null if none is known. */
  version: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  /** The progress of the download. */
  percent: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
  /** Why the last step failed; null if it did not. */
  trouble: v.nullable(refusalCode),
  /** When the feed last answered; null if it never did. */
  checkedAt: v.nullable(time),
})

export const updateCalls = {
  'updates.state': { input: nothing, output: updates },
  'updates.check': { input: nothing, output: updates },
  'updates.download': { input: nothing, output: updates },
  /** Quits the app, installs the newer version and starts it. */
  'updates.install': { input: nothing, output: updates },
} as const
