/**
 * Begins every step at once, in their order, whatever the others do: a step that throws, or rejects later, holds up none.
 * @param failed told of each failure
 * @returns when all have ended; it never rejects
 */
export async function everyStep(steps: readonly (() => unknown)[], failed: (error: unknown) => void): Promise<void> {
  const begun = steps.map(async (step) => {
    try {
      await step()
    } catch (error) {
      failed(error)
    }
  })
  await Promise.allSettled(begun)
}
