import * as v from 'valibot'
import { envEntries } from '../../../shared/env-format.ts'
import type { ImportFormat } from '../../../shared/lists/transfer.ts'
import { linesOf, textFrom } from '../../../shared/text-file.ts'
import { isKeePass } from './keepass/container.ts'
import { isRecord } from './record-schema.ts'

const zipStart = 'PK\x03\x04'

/** Names that programs give to their own files. */
const byName: readonly (readonly [RegExp, ImportFormat])[] = [
  [/^[._]?npmrc$/, 'npmrc'],
  [/^[._]?netrc$/, 'netrc'],
  [/^(?:\.pgpass|pgpass\.conf)$/, 'pgpass'],
  [/^(?:\.env(?:\..+)?|.+\.env)$/, 'env'],
]

/** Lines that no other format has. */
const byLine: readonly (readonly [RegExp, ImportFormat])[] = [
  [/^[ \t]*aws_(?:access_key_id|secret_access_key)[ \t]*=/m, 'aws'],
  [/^[ \t]*\/\/[^\n=]*:_(?:authToken|auth|password)[ \t]*=/m, 'npmrc'],
  [/^[ \t]*oauth_token:/m, 'github-cli'],
  [/^[ \t]*machine[ \t]+\S+\s+(?:login|password)[ \t]/m, 'netrc'],
]

/** Longer than any table's line of names. */
const lengthOfHead = 1000

/** The first columns of programs' tables, in lower case. */
const byColumns: readonly (readonly [string, ImportFormat])[] = [
  ['name,url,username,password', 'chrome'],
  ['url,username,password,httprealm', 'firefox'],
  ['title,url,username,password,otpauth,favorite,archived', 'onepassword-csv'],
  ['group,title,username,password', 'keepassxc'],
]

/** A file that a person chose. */
export interface ChosenFile {
  /** Without its folder. */
  readonly name: string
  readonly bytes: Buffer
}

/**
 * The format of a file, if its name or its content leaves no doubt. JSON files and tables are told apart by their content alone.
 * @returns null if it could be of several formats, or is of none that is known
 */
export function formatOf({ name, bytes }: ChosenFile): ImportFormat | null {
  if (bytes.toString('latin1', 0, zipStart.length) === zipStart) return bytes.includes('export.data') ? 'onepassword' : null
  if (isKeePass(bytes)) return 'keepass'
  const text = textFrom(bytes)
  if (text === null) return null
  const lines = linesOf(text).trimStart()
  if (lines.startsWith('{')) return formatOfJson(lines)
  const known = byName.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1]
  return known ?? formatOfTable(lines) ?? formatOfLines(name, lines)
}

const json = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    accounts: v.optional(v.unknown()),
    encrypted: v.optional(v.unknown()),
    exporterRpId: v.optional(v.unknown()),
    items: v.optional(v.unknown()),
    mcpServers: v.optional(v.unknown()),
    servers: v.optional(v.unknown()),
  }),
)

function formatOfJson(text: string): ImportFormat | null {
  const { success, output } = v.safeParse(json, text)
  if (!success) return null
  const { accounts, encrypted, exporterRpId, items, mcpServers, servers } = output
  const found: ImportFormat[] = []
  if (Array.isArray(items) || encrypted === true) found.push('bitwarden')
  if (isRecord(mcpServers) || isRecord(servers)) found.push('mcp')
  if (Array.isArray(accounts) && typeof exporterRpId === 'string') found.push('cxf')
  return found.length === 1 ? (found[0] ?? null) : null
}

function formatOfTable(text: string): ImportFormat | null {
  const columns = text.slice(0, lengthOfHead).split('\n', 1)[0]?.replaceAll('"', '').toLowerCase() ?? ''
  return byColumns.find(([first]) => columns === first || columns.startsWith(`${first},`))?.[1] ?? null
}

function formatOfLines(name: string, text: string): ImportFormat | null {
  const found = byLine.filter(([pattern]) => pattern.test(text)).map(([, format]) => format)
  if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null
  if (/^hosts\.ya?ml$/i.test(name)) return 'github-cli' // without a token: they are in the keychain
  let entries = 0
  for (const { fault } of envEntries(text)) {
    if (fault === 'line') return null
    entries += 1
  }
  return entries > 0 ? 'env' : null
}
