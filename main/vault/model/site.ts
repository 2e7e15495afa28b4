/** A site at which a person allowed a key to be filled in. */
export interface Site {
  readonly accountId: string
  readonly keyId: string
  readonly id: string
  /** `https://host` or `https://host:port`, with the host in its ASCII form; http for loopback hosts only. */
  readonly origin: string
  /** Also valid for sub-domains, as far as the public suffix list allows. */
  readonly subdomains: boolean
  readonly at: number
}
