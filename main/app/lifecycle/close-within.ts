import { withDeadline } from '../../../shared/deadline.ts'
import { everyStep } from '../../../shared/every-step.ts'
import { reportError } from '../../error-reporter.ts'

/**
 * Begins every step at once and waits for all of them, up to the timeout. Failures and a timeout are reported; it never rejects.
 * @param timeoutMs the timeouts of one shutdown must add up to less than the process has for it (`process-exit.ts`)
 */
export async function closeWithin(timeoutMs: number, steps: readonly (() => unknown)[]): Promise<void> {
  const timedOut = (): void => reportError(new Error('what was to be closed did not come to its end'))
  await withDeadline(everyStep(steps, reportError), timeoutMs, timedOut)
}
