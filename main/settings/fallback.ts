import { Refusal } from '../vault/refusal.ts'

/**
 * What the settings say, or `unread` where they cannot be read. That closes the vault with its reason, and the app still has to come up
 * to say it.
 */
export function withFallback<T>(read: () => T, unread: T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal) return unread
    throw error
  }
}
