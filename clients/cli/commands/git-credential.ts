import { askApp } from '../app/ask-app.ts'
import { noStart, readArguments } from '../arguments.ts'
import { credentialAnswer, parseCredentialRequest } from '../git/credential-request.ts'
import { exitStatus } from '../output/exit-status.ts'
import { Refused } from '../output/fault.ts'
import { print } from '../output/output.ts'
import { readStandardInput } from '../runtime/files.ts'

export const options = { ...noStart } as const

/** GitHub and GitLab take any name beside a token. Bitbucket takes this one. */
const anyUser = 'x-token-auth'

/**
 * A credential helper of git: `get` answers with the value of the key that belongs to the site. `store` and `erase`, by which git tells how
 * the login went, change nothing, and neither does an operation of a later git.
 */
export async function gitCredential(args: string[]): Promise<number> {
  const { values, operands } = readArguments(args, options, ['OPERATION'])
  if (operands[0] !== 'get') return exitStatus.fine
  const request = parseCredentialRequest(await readStandardInput())
  if (request === null) return exitStatus.fine
  try {
    const { value } = await askApp('login', { url: request.url }, { start: values['no-start'] !== true })
    print(credentialAnswer(request.username ?? anyUser, value))
    return exitStatus.fine
  } catch (error) {
    // git would ask the next helper, and then on the terminal, for what its user has just refused here.
    if (error instanceof Refused && error.code === 'approval-denied') print('quit=1\n')
    throw error
  }
}
