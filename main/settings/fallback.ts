import { Refusal } from '../vault/refusal.ts'

/**
 * Reads a setting, or returns the fallback if the settings cannot be read. Unreadable settings keep the vault closed, but the window still
 * has to appear to say so.
 */
export function withFallback<T>(read: () => T, fallback: T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Refusal) return fallback
    throw error
  }
}
