/**
 * Starts every step at once, in order: a step that throws, or rejects later, does not stop the others.
 * @param onFailure called with each failure
 * @returns when all have ended; it never rejects
 */
export async function everyStep(steps: readonly (() => unknown)[], onFailure: (error: unknown) => void): Promise<void> {
  const running = steps.map(async (step) => {
    try {
      await step()
    } catch (error) {
      onFailure(error)
    }
  })
  await Promise.allSettled(running)
}
