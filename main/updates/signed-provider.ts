import { Provider, type ResolvedUpdateFileInfo, type UpdateInfo } from 'electron-updater'
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider'
import { type Feed, manifestName, readManifest } from './feed.ts'

/** What a provider is made with; electron-updater hands it on. */
export interface SignedFeed {
  readonly provider: 'custom'
  readonly updateProvider: typeof SignedProvider
  readonly feed: Feed
  /** @returns all of it. @throws Refusal `update-unreachable` */
  readonly fetch: (url: URL) => Promise<Uint8Array>
}

/** Tells electron-updater of versions by a manifest that is signed, beside what it checks itself: each file's hash, which is in there. */
export class SignedProvider extends Provider<UpdateInfo> {
  readonly #options: SignedFeed

  constructor(options: SignedFeed, _updater: unknown, runtime: ProviderRuntimeOptions) {
    super(runtime)
    this.#options = options
  }

  async getLatestVersion(): Promise<UpdateInfo> {
    const { feed, fetch } = this.#options
    const name = manifestName(process.platform, process.arch) // the library's name is that of a system alone, but for Linux
    const [bytes, signature] = await Promise.all([fetch(new URL(name, feed.url)), fetch(new URL(`${name}.sig`, feed.url))])
    const { version, files, releaseDate } = readManifest(feed, name, bytes, Buffer.from(signature).toString('latin1'))
    const [first] = files
    return { version, files, releaseDate, path: first?.url ?? '', sha512: first?.sha512 ?? '' } // the last two are of its first versions
  }

  resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
    return files.map((info) => ({ url: new URL(info.url, this.#options.feed.url), info }))
  }

  /** electron-updater would tell the feed an id of this computer in them. */
  override setRequestHeaders(): void {
    super.setRequestHeaders(null)
  }
}
