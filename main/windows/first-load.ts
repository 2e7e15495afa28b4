/** The page alone, and the last of the files that its head names. */
export type Served = 'page' | 'files'

/** Follows the first load of a page: the page and the files that its head names, which Chromium requests at once. */
export class FirstLoad {
  readonly #onServed: (what: Served) => void
  /** Null until the page has been served. */
  #missing: Set<string> | null = null

  /** @param onServed called once for each, after it has been handed over */
  constructor(onServed: (what: Served) => void) {
    this.#onServed = onServed
  }

  servePage(html: string): void {
    if (this.#missing !== null) return
    this.#missing = new Set(filesOfHead(html))
    setImmediate(() => this.#onServed('page'))
  }

  /** @param path within the bundle, for example `/assets/index-BS8MBrA6.js` */
  serveFile(path: string): void {
    if (this.#missing?.delete(path) === true && this.#missing.size === 0) setImmediate(() => this.#onServed('files'))
  }
}

function filesOfHead(html: string): string[] {
  return [...html.matchAll(/\b(?:src|href)="\.(\/assets\/[^"]+)"/g)].map(([, path = '']) => path)
}
