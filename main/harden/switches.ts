/**
 * What somebody may start the app with: where and how its windows appear, and nothing that reaches into what it does. Chromium has
 * some 1,500 switches, and each version has others: a list of the dangerous ones would be out of date before it is read.
 */
const allowed = [
  ...['hidden', 'updated', 'locked'], // ours: start in the tray; by the installer after an update; after a lock
  ...['ozone-platform', 'ozone-platform-hint', 'enable-wayland-ime', 'gtk-version', 'class'],
  ...['lang', 'force-device-scale-factor', 'force-renderer-accessibility', 'disable-gpu'],
]

/**
 * The first argument that may not be there, read as Chromium reads it: blanks around it do not count, one dash is as good as two, and
 * on Windows a slash and capitals are too.
 * @param words what stands behind the program's name
 * @returns the switch without its value, which may be anything; null if all may be there
 */
export function unwantedSwitch(words: readonly string[], platform: NodeJS.Platform): string | null {
  for (const word of words.map((one) => one.trim())) {
    // What follows is no switch to Chromium, and to us neither: nobody has a reason to write it.
    if (word === '--') return word
    const isSwitch = word.startsWith('-') || (platform === 'win32' && word.startsWith('/'))
    if (!isSwitch || (platform === 'darwin' && /^-psn_\d+_\d+$/.test(word))) continue
    const [name = word] = word.split('=', 1)
    const plain = platform === 'win32' ? name.toLowerCase() : name
    if (!allowed.includes(plain.replace(/^(--|-|\/)/, ''))) return name
  }
  return null
}
