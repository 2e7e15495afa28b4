import { lstatSync, type BigIntStats } from 'node:fs'
import { fingerprint } from '../identifiers.ts'
import { isServiceCredential, type Service } from './credential.ts'
import { readServices, serviceFile } from './credential-file.ts'

/**
 * The services of a running server. The operator's command changes their file from another process, so each look-up asks the file system
 * whether it is still the same file, which costs microseconds: a removed service is refused from the next request on.
 */
export class ServiceList {
  #read: BigIntStats | undefined
  #byHash: ReadonlyMap<string, Service> = new Map()

  /** @throws BackendFailure `services-unusable` */
  constructor(readonly dataDir: string) {
    this.#refresh()
  }

  /**
   * The service with that credential. The look-up uses the hash, so its time reveals nothing about any credential.
   * @throws BackendFailure `services-unusable`: while the file cannot be read, no service is let in
   */
  find(credential: string): Service | undefined {
    this.#refresh()
    return isServiceCredential(credential) ? this.#byHash.get(fingerprint(credential)) : undefined
  }

  /** Whether a service that was found before has not been removed since. @throws BackendFailure `services-unusable` */
  has(service: Service): boolean {
    this.#refresh()
    return this.#byHash.has(service.credentialHash)
  }

  #refresh(): void {
    // Asked before the file is read: if it is replaced in between, the next look-up reads it again.
    const now = lstatSync(serviceFile(this.dataDir), { bigint: true, throwIfNoEntry: false })
    if (isSame(now, this.#read)) return
    this.#byHash = new Map()
    this.#read = undefined
    if (now === undefined) return
    this.#byHash = new Map(readServices(this.dataDir).map((service) => [service.credentialHash, service]))
    this.#read = now
  }
}

/** A replaced file has another inode, as well as other times. */
function isSame(one: BigIntStats | undefined, other: BigIntStats | undefined): boolean {
  return one?.ino === other?.ino && one?.mtimeNs === other?.mtimeNs && one?.ctimeNs === other?.ctimeNs && one?.size === other?.size
}
