/**
 * The switches that the app may be started with. They change where and how its windows appear, and nothing else. This is an allow-list,
 * because Chromium has some 1,500 switches that change with each version.
 */
const allowedSwitches = [
  ...['hidden', 'updated', 'locked'], // ours: start in the tray; by the installer after an update; after a lock
  ...['ozone-platform', 'ozone-platform-hint', 'enable-wayland-ime', 'gtk-version', 'class'],
  ...['lang', 'force-device-scale-factor', 'force-renderer-accessibility', 'disable-gpu'],
]

/**
 * Finds the first switch that is not allowed, parsing as Chromium does: blanks around it are ignored, one dash counts as two, and on
 * Windows a slash counts as a dash and case is ignored.
 * @param words the arguments without the program
 * @returns the switch without its value; null if all switches are allowed
 */
export function findForbiddenSwitch(words: readonly string[], platform: NodeJS.Platform): string | null {
  for (const word of words.map((one) => one.trim())) {
    // After it Chromium parses no switches, so the check would see others than Chromium does. Nobody needs it, so it is refused.
    if (word === '--') return word
    const isSwitch = word.startsWith('-') || (platform === 'win32' && word.startsWith('/'))
    if (!isSwitch || (platform === 'darwin' && /^-psn_\d+_\d+$/.test(word))) continue
    const [name = word] = word.split('=', 1)
    const plain = platform === 'win32' ? name.toLowerCase() : name
    if (!allowedSwitches.includes(plain.replace(/^(--|-|\/)/, ''))) return name
  }
  return null
}
