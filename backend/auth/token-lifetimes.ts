/** How long an access token is good, in seconds. */
export const accessSeconds = 30 * 60
/** How long a refresh token is good, in seconds. */
export const refreshSeconds = 60 * 24 * 60 * 60
