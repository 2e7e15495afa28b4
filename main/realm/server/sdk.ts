import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import Realm from 'realm'
import { systemCode } from '../../../shared/system-error.ts'
import { Refusal, storageRefusal } from '../../vault/refusal.ts'
import type { Transport } from './transport.ts'

/** An SDK app under an id of its own: the SDK keeps apps by id for the life of the process and on disk. */
export type SdkApp = Realm.App
export type SdkUser = Realm.User
/** Gives the app. @throws Refusal `disk-full` if the SDK may not find room for what it writes; not so `at any rate` for an app that is open */
export type OpenApp = (on?: 'at any rate') => SdkApp

/** Bytes. What the SDK writes at a sign-in or a renewal is a few pages. */
const requiredBytes = 1024 * 1024

const prefix = 'latchkey-'

/** Apps whose files the SDK uses until the process ends, also when the vault was locked and opened since. */
const inUse = new Set<string>()

/** Members that realm 10.20.0 has and its types lack. */
type Untyped = { _networkTransport: Pick<Transport, 'fetchWithCallbacks'> }

/** Routes all of the SDK's HTTP through `transport`: it looks this up anew on every request. */
export function useTransport(transport: Transport): void {
  ;(Realm as unknown as Untyped)._networkTransport = transport
}

/**
 * The SDK keeps its metadata below the working directory of the moment and takes no option for it; the path it then holds is
 * absolute, so the directory is changed back at once.
 * @throws Refusal `profile-unusable` if the folder cannot be written
 */
export function openApp(folder: string, accountId: string, baseUrl: string): SdkApp {
  const before = process.cwd()
  try {
    process.chdir(folder)
    const app = new Realm.App({ id: `${prefix}${accountId}`, baseUrl })
    inUse.add(accountId)
    return app
  } catch {
    // Its message holds paths and a native backtrace.
    throw new Refusal('profile-unusable')
  } finally {
    process.chdir(before)
  }
}

/**
 * Where Realm makes a file, and where the SDK writes its metadata from a thread of its own, a full disk ends the process.
 * @throws Refusal `disk-full`
 */
export function requireDiskSpace(folder: string): void {
  let free: number
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { bavail, bsize } = statfsSync(folder)
    free = bavail * bsize
  } catch (error) {
    throw storageRefusal(error)
  }
  if (free < requiredBytes) throw new Refusal('disk-full')
}

/** Deletes what the SDK keeps of the apps that `isUnwanted` names, but for those in use: the SDK breaks without its files. */
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

/** The SDK takes no other form of an id, and its own type lies about it. */
export function objectId(hex: string): string {
  return new Realm.BSON.ObjectId(hex) as unknown as string
}

export const credentials = {
  email: (email: string, password: string) => Realm.Credentials.emailPassword(email, password),
  apiKey: (value: string) => Realm.Credentials.userApiKey(value),
  customToken: (token: string) => Realm.Credentials.jwt(token),
  anonymous: () => Realm.Credentials.anonymous(),
}
