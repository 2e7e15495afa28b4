export const time = {
  /** For `Intl`: how dates and numbers are written. */
  locale: 'en-GB',
  justNow: 'just now',
}
