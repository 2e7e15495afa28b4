/** The end of each queue, by what its operations have in common: an account's id, or a sign-in's server. */
export type Turns = Map<string, Promise<unknown>>

/**
 * Runs one operation after the one before it in its queue has ended. A list fetched before a creation but read after it
 * would make the new key look deleted, and a creation under way would look like an interrupted one; two first sign-ins at
 * once would become two accounts of one user.
 */
export function inTurn<T>({ turns }: { readonly turns: Turns }, queue: string, operation: () => Promise<T>): Promise<T> {
  const before = turns.get(queue) ?? Promise.resolve()
  const mine = before.then(operation, operation)
  turns.set(queue, mine)
  return mine
}
