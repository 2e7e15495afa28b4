/** Words by which browsers call themselves, in the name of their program or their windows. */
const browsers = [
  ...['chrome', 'chromium', 'thorium', 'edge', 'msedge', 'brave', 'vivaldi', 'opera', 'yandex', 'arc'],
  ...['firefox', 'librewolf', 'waterfox', 'floorp', 'zen', 'mullvadbrowser', 'torbrowser', 'seamonkey', 'palemoon', 'navigator'],
  ...['safari', 'epiphany', 'konqueror', 'falkon', 'qutebrowser', 'midori', 'nyxt', 'dillo', 'netsurf', 'iexplore', 'browser'],
]
const word = new RegExp(`(^|[^a-z])(${browsers.join('|')})([^a-z]|$)`)

/**
 * Whether a window is a browser's, whose page may be anybody's. One taken for a browser by mistake costs a paste.
 * @param names of its program, as a path or a word, and of its window
 */
export function isBrowser(...names: readonly string[]): boolean {
  return names.some((name) => word.test((name.split(/[\\/]/).at(-1) ?? '').toLowerCase()))
}
