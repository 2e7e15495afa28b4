import { TestRunner } from 'vitest'
import { withDeadline } from '../shared/deadline.ts'

/** Of a test's own time: what is waited for in vain is told, with what came so far, before the runner says only that time is up. */
const share = 0.8
/** In a hook, and in a program that is no test. */
const elsewhere = 50_000

/**
 * Waits in a test, and never without an end.
 * @param what is waited for, for the failure's message
 * @param soFar what came so far, for the same
 * @throws Error once most of the test's time is over
 */
export function awaited<T>(work: Promise<T>, what: string, soFar: () => string = () => ''): Promise<T> {
  const milliseconds = (TestRunner.getCurrentTest()?.timeout ?? elsewhere / share) * share
  const waiting = withDeadline(work, milliseconds, () => {
    throw new Error(`waited ${Math.round(milliseconds / 1000)} s in vain for ${what}. What came so far: ${soFar() || 'nothing'}`)
  })
  waiting.catch(() => undefined) // a test that has failed elsewhere asks for it no more
  return waiting
}
