import { TestRunner } from 'vitest'
import { withDeadline } from '../shared/deadline.ts'

/** The share of a test's timeout after which a wait fails with a message of its own, before the runner's, which names no cause. */
const share = 0.8
/** Milliseconds that a wait may take in a hook, and in a program that is not a test. */
const maxOutsideTestsMs = 50_000

/**
 * Waits in a test, with a timeout below the test's own.
 * @param what is waited for, for the failure's message
 * @param soFar returns the output so far, for the same message
 * @throws Error after the timeout
 */
export function awaited<T>(work: Promise<T>, what: string, soFar: () => string = () => ''): Promise<T> {
  const milliseconds = (TestRunner.getCurrentTest()?.timeout ?? maxOutsideTestsMs / share) * share
  const waiting = withDeadline(work, milliseconds, () => {
    throw new Error(`waited ${Math.round(milliseconds / 1000)} s in vain for ${what}. Output so far: ${soFar() || 'none'}`)
  })
  waiting.catch(() => undefined) // a test that has failed already no longer awaits it
  return waiting
}
