/**
 * Looks a host in ASCII form up in the public suffix list, including its private section.
 * @returns the registrable domain (`example.co.uk`); null for a public suffix, an address, or a name without dots
 */
export type RegistrableDomain = (host: string) => string | null

/** The preferences that the vault uses. */
export interface Preferences {
  /** How long an approval given for a while lasts, in minutes. */
  readonly approvalMinutes: number
  /** How long the value of a key that was deleted elsewhere is kept, in days. */
  readonly trashDays: number
}

/** Milliseconds since 1970. */
export type Clock = () => number
