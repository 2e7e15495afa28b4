import { usage } from '../output/fault.ts'

/** A login that git asks for. */
export interface CredentialRequest {
  /** The site, and the path of the repository if git tells it. */
  readonly url: string
  /** The user name that git already knows, from the address or its configuration. */
  readonly username: string | null
}

/** git's own limit for a line, and the app's for an address. */
const maxInput = 65_535
const maxUrl = 4096

/**
 * Reads the lines `NAME=VALUE` that git writes to a credential helper, up to an empty line.
 * https://git-scm.com/docs/git-credential#IOFMT
 * @returns null for a login that is not made over HTTP, such as a mail server's
 * @throws Fault for text that git does not write
 */
export function parseCredentialRequest(input: Buffer): CredentialRequest | null {
  const fields = readFields(input)
  const [protocol, host] = [fields.get('protocol'), fields.get('host')]
  if ((protocol !== 'https' && protocol !== 'http') || host === undefined || host === '') return null
  if (!isHost(protocol, host)) throw notFromGit()
  const path = fields.get('path') ?? ''
  const url = `${protocol}://${host}${path === '' ? '' : `/${encodeURI(path)}`}`
  const username = fields.get('username') ?? ''
  return { url: url.slice(0, maxUrl), username: username === '' ? null : username }
}

/** @returns what git reads as a helper's answer. @throws Fault for a value that the format cannot carry */
export function credentialAnswer(username: string, value: string): string {
  // A line break would end the password, and the rest would be read as further fields.
  if (/[\r\n\0]/.test(value)) throw usage('The key’s value has a line break, which git cannot take.', 'Use another key for this site.')
  return `username=${username}\npassword=${value}\n`
}

function readFields(input: Buffer): Map<string, string> {
  const fields = new Map<string, string>()
  if (input.length > maxInput) throw notFromGit()
  for (const line of textOf(input).split('\n')) {
    if (line === '') break
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(line) ?? []
    if (name === undefined || value === undefined || /[\p{Cc}]/u.test(line)) throw notFromGit()
    fields.set(name, value)
  }
  return fields
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw notFromGit()
  }
}

/** Whether the host is one host, with or without a port, and nothing that an address would read otherwise. */
function isHost(protocol: string, host: string): boolean {
  if (/[/?#@\\\s%]/.test(host) || !URL.canParse(`${protocol}://${host}/`)) return false
  const parsed = new URL(`${protocol}://${host}/`)
  return parsed.pathname === '/' && parsed.username === ''
}

function notFromGit(): Error {
  return usage('What was read is no request of git.', 'latchkey git-credential is called by git: latchkey connect git sets that up.')
}
