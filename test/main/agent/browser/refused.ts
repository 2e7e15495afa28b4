import { AppRefusal } from '../../../../clients/shared/secure-session/app-connection.ts'

/** @returns the code with which the app refused, as the extension is told it */
export async function codeRefused(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  )
  if (error instanceof AppRefusal) return error.code
  throw error
}
