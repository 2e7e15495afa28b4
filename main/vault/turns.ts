/** The end of each queue, by what its operations have in common: an account's id, or the local sign-in's item. */
export type Turns = Map<string, Promise<unknown>>

/**
 * Runs one operation after the one before it in its queue has ended. A list fetched before a creation but read after it
 * would make the new key look deleted, and a creation under way would look like an interrupted one; a local vault made
 * twice at once would have two accounts, and one password written over the other.
 */
export function inTurn<T>({ turns }: { readonly turns: Turns }, queue: string, operation: () => Promise<T>): Promise<T> {
  const before = turns.get(queue) ?? Promise.resolve()
  const mine = before.then(operation, operation)
  turns.set(queue, mine)
  return mine
}
