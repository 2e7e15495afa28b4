import type { Secret } from '../secret.ts'

/** The service that issued a value, as far as the value alone tells: its id in the catalogue, or null. Sends nothing. */
export async function issuingService(value: Secret): Promise<string | null> {
  const { recognizeKey } = await import('../../../shared/services/recognize-key.ts') // loaded late: a start needs no catalogue
  return recognizeKey(value.expose())?.service ?? null
}
