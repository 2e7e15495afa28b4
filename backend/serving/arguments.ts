import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { CustomToken } from '../auth/custom-token.ts'
import { serviceNameShape } from '../services/credential.ts'

/** What `--help` prints. A file of its own, because `npm run serve -- --help` prints it before any package is installed. */
export const usage = readFileSync(new URL('usage.txt', import.meta.url), 'utf8')

/** An invalid command line, as a sentence. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError'
}

export interface ServeArguments {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  readonly appId: string
  readonly anonymous: boolean
  readonly keyPrefix: string | undefined
  readonly behindProxy: boolean
  readonly publicUrl: string | undefined
  readonly smtp: { readonly url: string; readonly from: string } | undefined
  readonly customToken: CustomToken | undefined
}

export const options = {
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  'app-id': { type: 'string' },
  host: { type: 'string', default: '127.0.0.1' },
  'public-url': { type: 'string' },
  'behind-proxy': { type: 'boolean', default: false },
  'smtp-url': { type: 'string' },
  'smtp-url-file': { type: 'string' },
  'mail-from': { type: 'string' },
  'custom-token-secret-file': { type: 'string' },
  'custom-token-jwks': { type: 'string' },
  'key-prefix': { type: 'string' },
  'no-anonymous': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/**
 * Reads the command line. Secrets come from files or the environment, since any user of the machine can read argv.
 * @returns null if help was asked for
 * @throws ArgumentError
 */
export function readArguments(args: string[], environment: NodeJS.ProcessEnv): ServeArguments | null {
  const values = parse(args)
  if (values.help) return null
  const port = required('port', values.port)
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new ArgumentError('--port must be a number from 0 to 65535.')
  const appId = required('app-id', values['app-id'])
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(appId)) {
    throw new ArgumentError('--app-id must be 1 to 64 letters, digits, underscores and hyphens.')
  }
  return {
    port: Number(port),
    host: required('host', values.host),
    dataDir: required('data-dir', values['data-dir']),
    appId,
    anonymous: !values['no-anonymous'],
    keyPrefix: values['key-prefix'],
    behindProxy: values['behind-proxy'],
    publicUrl: values['public-url'],
    smtp: readSmtp(values, environment),
    customToken: readCustomToken(values, environment),
  }
}

/** What the operator's command does with the services of a data folder. */
export type ServiceArguments = { readonly dataDir: string } & (
  | { readonly verb: 'add'; readonly name: string; readonly manages: boolean }
  | { readonly verb: 'remove'; readonly name: string }
  | { readonly verb: 'list' }
)

/**
 * Reads the command line after `service`.
 * @throws ArgumentError
 */
export function readServiceArguments(args: string[]): ServiceArguments {
  const only = { 'data-dir': { type: 'string' }, 'may-manage': { type: 'boolean', default: false } } as const
  const { values, positionals } = parseStrictly(() => parseArgs({ args, options: only, strict: true, allowPositionals: true }))
  const [verb, name, surplus] = positionals
  if (surplus !== undefined) throw new ArgumentError('There is an argument too many. Try --help.')
  const dataDir = required('data-dir', values['data-dir'])
  const manages = values['may-manage']
  if (manages && verb !== 'add') throw new ArgumentError('--may-manage is an option of service add. Try --help.')
  if (verb === 'list' && name === undefined) return { verb, dataDir }
  if (verb !== 'add' && verb !== 'remove') throw new ArgumentError('A service command is add NAME, list or remove NAME. Try --help.')
  if (name === undefined || !serviceNameShape.test(name)) {
    throw new ArgumentError('The name of a service is 1 to 64 letters, digits, underscores and hyphens.')
  }
  return verb === 'add' ? { verb, name, manages, dataDir } : { verb, name, dataDir }
}

type Values = ReturnType<typeof parse>

function parse(args: string[]) {
  return parseStrictly(() => parseArgs({ args, options, strict: true, allowPositionals: false })).values
}

function parseStrictly<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // Node's first sentence names the option; the rest is advice about positional arguments.
    throw new ArgumentError(`${error.message.split('. ')[0] ?? ''}. Try --help.`)
  }
}

function required(flag: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new ArgumentError(`--${flag} is required. Try --help.`)
  return value
}

function readSmtp(values: Values, environment: NodeJS.ProcessEnv): ServeArguments['smtp'] {
  const given = values['smtp-url']
  if (given !== undefined && /:\/\/[^/@:]*:[^/@]*@/.test(given)) {
    throw new ArgumentError('--smtp-url must not hold a password: use --smtp-url-file or LATCHKEY_SMTP_URL.')
  }
  const url = given ?? readSecret(values['smtp-url-file'], 'smtp-url-file') ?? environment['LATCHKEY_SMTP_URL']
  if (url === undefined || url === '') return undefined
  if (values['public-url'] === undefined) throw new ArgumentError('Mail needs --public-url, for the links in it.')
  return { url, from: required('mail-from', values['mail-from']) }
}

function readCustomToken(values: Values, environment: NodeJS.ProcessEnv): CustomToken | undefined {
  const secret = readSecret(values['custom-token-secret-file'], 'custom-token-secret-file') ?? environment['LATCHKEY_CUSTOM_TOKEN_SECRET']
  const jwksUri = values['custom-token-jwks']
  if (secret !== undefined && jwksUri !== undefined) {
    throw new ArgumentError('Custom tokens have a secret or --custom-token-jwks, not both.')
  }
  if (secret !== undefined) return { secret }
  return jwksUri === undefined ? undefined : { jwksUri }
}

function readSecret(file: string | undefined, flag: string): string | undefined {
  if (file === undefined) return undefined
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new ArgumentError(`The file of --${flag} cannot be read (${code}).`)
  }
}
