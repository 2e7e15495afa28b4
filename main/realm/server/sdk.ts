import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import Realm from 'realm'
import { systemCode } from '../../../shared/system-error.ts'
import { Refusal, orStorageRefusal } from '../../vault/refusal.ts'
import type { Transport } from './transport.ts'

/** An SDK app under an id of its own: the SDK keeps apps by id for the lifetime of the process and on disk. */
export type SdkApp = Realm.App
export type SdkUser = Realm.User
/**
 * Returns the app.
 * @throws Refusal `disk-full` if the SDK may lack space for its files; not with `even on a full disk` for an app that is already open
 */
export type OpenApp = (onFullDisk?: 'even on a full disk') => SdkApp

/** Bytes. The SDK writes a few pages at a sign-in or a renewal. */
const requiredBytes = 1024 * 1024

const prefix = 'latchkey-'

/** Apps whose files the SDK uses until the process ends, even after the vault was locked and opened again. */
const inUse = new Set<string>()

/** Members of realm 10.20.0 that its types lack. */
type Untyped = { _networkTransport: Pick<Transport, 'fetchWithCallbacks'> }

/** Routes all of the SDK's HTTP requests through `transport`: the SDK reads this property at every request. */
export function useTransport(transport: Transport): void {
  ;(Realm as unknown as Untyped)._networkTransport = transport
}

/**
 * Opens an SDK app. The SDK keeps its metadata below the current working directory and has no option for it. It then uses an absolute path,
 * so the directory is restored at once.
 * @throws Refusal `profile-unusable` if the folder is not writable
 */
export function openApp(folder: string, accountId: string, baseUrl: string): SdkApp {
  const before = process.cwd()
  try {
    process.chdir(folder)
    const app = new Realm.App({ id: `${prefix}${accountId}`, baseUrl })
    inUse.add(accountId)
    return app
  } catch {
    // The error's message contains paths and a native backtrace.
    throw new Refusal('profile-unusable')
  } finally {
    process.chdir(before)
  }
}

/**
 * A full disk ends the process where Realm creates a file, and where the SDK writes its metadata in another thread, so the free space is
 * checked first.
 * @throws Refusal `disk-full`
 */
export function requireDiskSpace(folder: string): void {
  const free = orStorageRefusal(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  })
  if (free < requiredBytes) throw new Refusal('disk-full')
}

/** Deletes the SDK's files of unwanted apps, except those in use: the SDK breaks without its files. */
export function removeApps(folder: string, isUnwanted: (accountId: string) => boolean): void {
  const apps = join(folder, 'mongodb-realm')
  try {
    for (const name of readdirSync(apps)) {
      const accountId = name.slice(prefix.length)
      if (!name.startsWith(prefix) || inUse.has(accountId) || !isUnwanted(accountId)) continue
      rmSync(join(apps, name), { recursive: true })
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw new Refusal('profile-unusable')
  }
}

/** The SDK accepts ids in this form only, although its types say otherwise. */
export function objectId(hex: string): string {
  return new Realm.BSON.ObjectId(hex) as unknown as string
}

export const credentials = {
  email: (email: string, password: string) => Realm.Credentials.emailPassword(email, password),
  apiKey: (value: string) => Realm.Credentials.userApiKey(value),
  customToken: (token: string) => Realm.Credentials.jwt(token),
  anonymous: () => Realm.Credentials.anonymous(),
}
