import { lstatSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { createFile, writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { BackendFailure } from '../failure.ts'
import { serviceLimit, serviceNameShape, type Service } from './credential.ts'

const file = 'service-credentials.json'
const shape = v.strictObject({
  services: v.pipe(
    v.array(
      v.strictObject({
        name: v.pipe(v.string(), v.regex(serviceNameShape)),
        createdAt: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
        credentialHash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
        manages: v.exactOptional(v.literal(true)),
      }),
    ),
    v.maxLength(serviceLimit),
  ),
})

export function serviceFile(dataDir: string): string {
  return join(dataDir, file)
}

/**
 * The services of a data folder, oldest first. They are in a file of their own, because a running server holds its database exclusively: the
 * operator's command could not change it there.
 * @throws BackendFailure `services-unusable`
 */
export function readServices(dataDir: string): readonly Service[] {
  const path = serviceFile(dataDir)
  try {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found === undefined) return []
    if (!found.isFile()) throw new Error('not a plain file')
    return v.parse(shape, JSON.parse(readFileSync(path, 'utf8'))).services
  } catch (error) {
    throw new BackendFailure('services-unusable', `${file} in the data folder cannot be read: move it away and add the services again`, {
      cause: error,
    })
  }
}

/**
 * Replaces the services of a data folder by what `change` makes of them. The new ones are on the disk when it returns.
 * @throws BackendFailure `services-unusable`, also while another command changes them: of two lists that were read at the same time, the
 *   second would undo the first, and could bring a removed service back
 */
export function changeServices(dataDir: string, change: (services: readonly Service[]) => readonly Service[]): void {
  const lock = `${serviceFile(dataDir)}.lock`
  lockServices(lock)
  try {
    const services = change(readServices(dataDir))
    writeServices(dataDir, services)
  } finally {
    rmSync(lock, { force: true })
  }
}

function lockServices(lock: string): void {
  try {
    createFile(lock, '')
  } catch (error) {
    const held = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    const sentence = held
      ? `another command is changing the services; if none is running, remove ${file}.lock from the data folder`
      : `the data folder cannot be written (${codeOf(error)})`
    throw new BackendFailure('services-unusable', sentence, { cause: error })
  }
}

function writeServices(dataDir: string, services: readonly Service[]): void {
  try {
    writeFileAtomic(serviceFile(dataDir), `${JSON.stringify({ services })}\n`)
  } catch (error) {
    throw new BackendFailure('services-unusable', `${file} in the data folder cannot be written (${codeOf(error)})`, { cause: error })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
