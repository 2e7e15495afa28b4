/** How a step may fail. */
export const failures = {
  rejects: (): Promise<void> => Promise.reject(new Error('a step')),
  throws: (): void => {
    throw new Error('a step')
  },
  'never ends': (): Promise<void> => new Promise(() => {}),
}

/** Each step with each failure. */
export function everyFailure(steps: readonly string[]): [step: string, how: keyof typeof failures][] {
  return steps.flatMap((step) => (Object.keys(failures) as (keyof typeof failures)[]).map((how): [string, typeof how] => [step, how]))
}
