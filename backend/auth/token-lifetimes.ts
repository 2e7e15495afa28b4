/** How long an access token is valid, in seconds. */
export const accessSeconds = 30 * 60
/** How long a refresh token is valid, in seconds. */
export const refreshSeconds = 60 * 24 * 60 * 60
