/** How long an access token is valid, in seconds. */
export const accessSeconds = 30 * 60
/** The same for a session that was opened with an API key. Services that check the signature alone let a revoked key in for as long. */
export const keyAccessSeconds = 5 * 60
/** How long a refresh token is valid, in seconds. */
export const refreshSeconds = 60 * 24 * 60 * 60
/** How long anybody may cache the public keys of access tokens, in seconds. */
export const publicKeySeconds = 5 * 60
