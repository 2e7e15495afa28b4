/**
 * Waits for `work` until the deadline. The work itself goes on; its result or failure after the deadline is ignored.
 * @param onTimeout called at the deadline: its result is returned, and what it throws is thrown
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
