/**
 * Begins every step at once, in their order, whatever the others do: a step that throws, or rejects later, holds up none.
 * @param onFailure told of each failure
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
