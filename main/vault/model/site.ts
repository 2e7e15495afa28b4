/** A site that a key may be filled in at, because its person said so. */
export interface Site {
  readonly accountId: string
  readonly keyId: string
  readonly id: string
  /** As `https://host` or `https://host:port`, the host in its ASCII form; http for loopback hosts only. */
  readonly origin: string
  /** Also at its sub-domains, which the public suffix list has to allow. */
  readonly subdomains: boolean
  readonly at: number
}
