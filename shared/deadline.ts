/**
 * Waits for `work` for so long and no longer. The work itself goes on: what it comes to after the deadline is dropped, a failure too.
 * @param onTimeout says what holds then: its result is returned, what it throws is thrown
 */
export async function withDeadline<T, L>(work: Promise<T>, milliseconds: number, onTimeout: () => L): Promise<T | L> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  }).then(onTimeout)
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}
