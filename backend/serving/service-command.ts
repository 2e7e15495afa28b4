import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { BackendFailure } from '../failure.ts'
import { fingerprint } from '../identifiers.ts'
import { newServiceCredential, serviceLimit } from '../services/credential.ts'
import { changeServices, readServices } from '../services/credential-file.ts'
import { storeFile } from '../store/folder.ts'
import { ArgumentError, type ServiceArguments } from './arguments.ts'

interface Output {
  /** What a script may read: a line on stdout. */
  readonly print: (line: string) => void
  /** What a person reads: a line on stderr. */
  readonly log: (line: string) => void
}

/**
 * Adds, lists or removes a service. The server may run meanwhile: it reads the services again by itself.
 * @throws ArgumentError if the name is taken or unknown, or if there are 50 services
 * @throws BackendFailure `data-dir-unusable`, `services-unusable`
 */
export function runServiceCommand(asked: ServiceArguments, { print, log }: Output): void {
  const { dataDir } = asked
  requireOwnStore(dataDir)
  switch (asked.verb) {
    case 'add':
      print(addService(dataDir, asked))
      log('This credential is shown once: only its hash is stored.')
      break
    case 'remove':
      removeService(dataDir, asked.name)
      log(`The credential of ${asked.name} is refused from now on.`)
      break
    case 'list':
      for (const { name, createdAt, manages } of readServices(dataDir)) {
        print([name, new Date(createdAt).toISOString(), ...(manages === true ? ['may manage'] : [])].join('\t'))
      }
  }
}

function addService(dataDir: string, { name, manages }: { name: string; manages: boolean }): string {
  const credential = newServiceCredential()
  changeServices(dataDir, (services) => {
    if (services.some((service) => service.name === name)) {
      throw new ArgumentError('There is a service of that name: remove it first, or choose another name.')
    }
    if (services.length >= serviceLimit) throw new ArgumentError(`There are ${serviceLimit} services, which is the maximum.`)
    const service = { name, createdAt: Date.now(), credentialHash: fingerprint(credential) }
    return [...services, manages ? { ...service, manages } : service]
  })
  return credential
}

function removeService(dataDir: string, name: string): void {
  changeServices(dataDir, (services) => {
    const rest = services.filter((service) => service.name !== name)
    if (rest.length === services.length) throw new ArgumentError('There is no service of that name.')
    return rest
  })
}

/**
 * Refuses a mistyped folder, which would be given a credential that no server knows, and a command of another user, whose file the server
 * could not read.
 */
function requireOwnStore(dataDir: string): void {
  const foreign = 'the data folder belongs to another user: run the command as the user of the server'
  let owner
  try {
    owner = lstatSync(join(dataDir, storeFile)).uid
  } catch (error) {
    const closed = error instanceof Error && 'code' in error && error.code === 'EACCES'
    const sentence = closed ? foreign : 'there is no store in the data folder: start the server once'
    throw new BackendFailure('data-dir-unusable', sentence, { cause: error })
  }
  if (process.getuid !== undefined && process.getuid() !== owner) throw new BackendFailure('data-dir-unusable', foreign)
}
