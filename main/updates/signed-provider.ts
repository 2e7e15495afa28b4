import { Provider, type ResolvedUpdateFileInfo, type UpdateInfo } from 'electron-updater'
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider'
import { type Feed, manifestName, readManifest } from './feed.ts'

/** The options of the provider, which electron-updater passes on. */
export interface SignedFeed {
  readonly provider: 'custom'
  readonly updateProvider: typeof SignedProvider
  readonly feed: Feed
  /** @returns the whole body. @throws Refusal `update-unreachable` */
  readonly fetch: (url: URL) => Promise<Uint8Array>
}

/** Gives electron-updater the versions of a signed manifest. electron-updater itself verifies each file by the hash in the manifest. */
export class SignedProvider extends Provider<UpdateInfo> {
  readonly #options: SignedFeed

  constructor(options: SignedFeed, _updater: unknown, runtime: ProviderRuntimeOptions) {
    super(runtime)
    this.#options = options
  }

  async getLatestVersion(): Promise<UpdateInfo> {
    const { feed, fetch } = this.#options
    const name = manifestName(process.platform, process.arch) // electron-updater's own name lacks the processor, except on Linux
    const [bytes, signature] = await Promise.all([fetch(new URL(name, feed.url)), fetch(new URL(`${name}.sig`, feed.url))])
    const { version, files, releaseDate } = readManifest(feed, name, bytes, Buffer.from(signature).toString('latin1'))
    const [first] = files
    return { version, files, releaseDate, path: first?.url ?? '', sha512: first?.sha512 ?? '' } // the types require the last two, which only old versions used
  }

  resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
    return files.map((info) => ({ url: new URL(info.url, this.#options.feed.url), info }))
  }

  /** electron-updater would send an id of this computer in the headers. */
  override setRequestHeaders(): void {
    super.setRequestHeaders(null)
  }
}
