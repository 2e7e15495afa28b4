import { runServiceCommand } from '../../../backend/serving/service-command.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { openTestBackend, type Answered, type Client } from '../opened.ts'
import type { BackendOptions } from '../../../backend/backend.ts'

export const serviceUrl = 'http://backend.test/api/service/v1/app/app-1'

/** Adds a service to a data folder, as the operator does. @returns its credential */
export function addService(dataDir: string, name = 'gateway', manages = false): string {
  const printed: string[] = []
  runServiceCommand({ verb: 'add', name, manages, dataDir }, { print: (line) => printed.push(line), log: () => undefined })
  return printed.join()
}

export function removeService(dataDir: string, name = 'gateway'): void {
  runServiceCommand({ verb: 'remove', name, dataDir }, { print: () => undefined, log: () => undefined })
}

/** A backend with one service. */
export async function openServed(
  options: Partial<BackendOptions> = {},
): Promise<{ client: Client; dataDir: string; credential: string; verify: (body: unknown) => Promise<Answered> }> {
  const dataDir = temporaryFolder()
  const client = await openTestBackend({ ...options, dataDir })
  const credential = addService(dataDir)
  const verify = (body: unknown) => client.send('POST', `${serviceUrl}/api_keys/verify`, { token: credential, body })
  return { client, dataDir, credential, verify }
}
