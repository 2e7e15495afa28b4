/**
 * What the public suffix list, its private section included, makes of a host in ASCII form.
 * @returns the registrable domain (`example.co.uk`); null for a suffix itself, an address, or a name without dots
 */
export type RegistrableDomain = (host: string) => string | null

/** What a person chose of what the vault goes by. */
export interface Preferences {
  /** How long an answer holds that was given for a while. */
  readonly approvalMinutes: number
  /** How long the value of a key stays that somebody deleted elsewhere. */
  readonly trashDays: number
}

/** Milliseconds since 1970. */
export type Clock = () => number
