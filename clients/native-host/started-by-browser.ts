/** Chromium passes the extension's address first; Firefox passes the manifest's path, then the extension's id. */
export function startedByBrowser([first = '', second = '']: readonly string[]): boolean {
  return first.startsWith('chrome-extension://') || (first.endsWith('.json') && /^[^\s@]+@[^\s@]+$/.test(second))
}
