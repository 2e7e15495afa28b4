/** Words in the names of browsers' programs and windows. */
const browsers = [
  ...['thorium', 'edge', 'msedge', 'brave', 'vivaldi', 'opera', 'yandex', 'arc', 'whale', 'helium', 'min', 'maxthon', 'iridium'],
  ...['librewolf', 'waterfox', 'floorp', 'zen', 'icecat', 'iceweasel', 'seamonkey', 'palemoon', 'basilisk', 'navigator', 'k-meleon'],
  ...['safari', 'orion', 'duckduckgo', 'comet', 'dia', 'iexplore', 'ladybird', 'servo', 'servoshell'],
  ...[
    'epiphany',
    'konqueror',
    'falkon',
    'angelfish',
    'qutebrowser',
    'midori',
    'nyxt',
    'luakit',
    'vimb',
    'badwolf',
    'surf',
    'dillo',
    'netsurf',
  ],
]
/** Parts of longer names, as `firefoxdeveloperedition` and `AvastBrowser`. */
const browserWithinName = /(^|[^a-z])(firefox|chrom(e|ium))|browser([^a-z]|$)/
const none: ReadonlySet<string> = new Set()
const browserWord = new RegExp(`(^|[^a-z])(${browsers.join('|')})([^a-z]|$)`)

/**
 * Whether a window is a browser's, whose page may be of any site. A false positive only means that the person has to paste.
 * @param names of its program, as a path or a word, and of its window
 * @param listed names of the desktop's browsers, by `fileNameOf`
 */
export function isBrowser(names: readonly string[], listed: ReadonlySet<string> = none): boolean {
  return names.map(fileNameOf).some((name) => browserWord.test(name) || browserWithinName.test(name) || listed.has(name))
}

/** @returns the file name of a path, in lower case; '' for a path that ends with a slash */
export function fileNameOf(name: string): string {
  return (name.split(/[\\/]/).at(-1) ?? '').toLowerCase()
}
