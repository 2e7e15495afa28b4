/** Follows the first load of a page: the page and the files that its head names, which Chromium requests at once. */
export class FirstLoad {
  readonly #onServed: () => void
  /** Null until the page has been served. */
  #missing: Set<string> | null = null

  /** @param onServed called once, after the last of the files has been handed over */
  constructor(onServed: () => void) {
    this.#onServed = onServed
  }

  servePage(html: string): void {
    this.#missing ??= new Set(filesOfHead(html))
  }

  /** @param path within the bundle, for example `/assets/index-BS8MBrA6.js` */
  serveFile(path: string): void {
    if (this.#missing?.delete(path) === true && this.#missing.size === 0) setImmediate(this.#onServed)
  }
}

function filesOfHead(html: string): string[] {
  return [...html.matchAll(/\b(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
}
