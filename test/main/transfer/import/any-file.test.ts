import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importFormats, type ImportFormat } from '../../../../shared/lists/transfer.ts'
import { readImport } from '../../../../main/transfer/import/readers.ts'
import type { RefusalCode } from '../../../../main/vault/refusal.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { codeRejected } from '../../vault/fixtures/refused.ts'
import { zipOf } from './zip-of.ts'

const item = { title: 'a', overview: { title: 'a' }, details: { loginFields: [{ value: 'p', designation: 'password' }] } }
const samples: Record<ImportFormat, string | Buffer> = {
  env: 'export A=1 B="two $A"\nC=\'x\ny\'\n# c\n',
  aws: '[default]\naws_access_key_id = AKIA\naws_secret_access_key = s\nregion = x\n',
  npmrc: 'registry=x\n//r.example/:_authToken="t"\n//s.example/:_auth=a;b\n',
  netrc: 'machine a login b password "c d"\nmacdef m\nx\n\ndefault password e\n',
  pgpass: 'h:1:d:u:p\\:w\n# c\n*:*:*:*:x\n',
  'github-cli': 'github.com:\n    user: a\n    oauth_token: t\n    users:\n        a:\n            oauth_token: t\n',
  mcp: '{"mcpServers":{"a":{"env":{"K":"v"},"headers":{"Authorization":"Bearer t"},"args":["x"],"url":"https://a.example"}}}',
  chrome: 'name,url,username,password,note\na,https://a.example,u,"p""q",n\n',
  firefox: '"url","username","password","httpRealm"\n"https://a.example","u","p",""\n',
  onepassword: zipOf([{ name: 'export.data', content: JSON.stringify({ accounts: [{ vaults: [{ items: [item] }] }] }) }]),
  'onepassword-csv': 'Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\na,b,c,d,,false,false,,\n',
  bitwarden: '{"items":[{"name":"a","type":1,"login":{"password":"p","uris":[{"uri":"x"}]},"fields":[{"name":"f","value":"v","type":1}]}]}',
  keepass: readFileSync(join(import.meta.dirname, 'files-of-programs', 'keepassxc-4.kdbx')),
  keepassxc: '"Group","Title","Username","Password"\n"Root","a","b","c"\n',
  cxf: '{"version":{"major":1},"exporterRpId":"x","accounts":[{"items":[{"title":"a","credentials":[{"type":"api-key","key":{"value":"k"}}]}]}]}',
}

const refusals: ReadonlySet<RefusalCode | null> = new Set([
  ...['import-invalid', 'import-unknown', 'import-unsupported', 'import-encrypted', 'passphrase-wrong', 'stored-limit', 'file-too-large'],
  null,
] as const)

/** What a file can have instead of a part of it: what ends or opens something, bytes of any kind, or the part once more. */
const pieces = fc.oneof(
  fc.constantFrom(...['"', "'", '\\', '\n', '\r', '\0', '{', '}', '[', ']', ':', ',', '=', '#', '${', '<', '&', '\ud800', '9'.repeat(400)]),
  fc.uint8Array({ maxLength: 8 }),
)
const changes = fc.array(fc.record({ at: fc.nat(), removed: fc.nat(20), piece: pieces }), { minLength: 1, maxLength: 4 })

function changed(sample: Buffer, all: readonly { at: number; removed: number; piece: string | Uint8Array }[]): Buffer {
  let bytes = sample
  for (const { at, removed, piece } of all) {
    const start = at % (bytes.length + 1)
    bytes = Buffer.concat([bytes.subarray(0, start), Buffer.from(piece as string), bytes.subarray(start + removed)])
  }
  return bytes
}

describe('a chosen file of which any parts are other bytes', () => {
  it.each(importFormats)(
    'is read, or refused with a reason: %s',
    async (format) => {
      const sample = Buffer.from(samples[format] as string)
      const passphrase = new Secret('pässphrase of four words')
      const runs = format === 'keepass' ? 20 : 300 // most changes reach its key derivation
      await fc.assert(
        fc.asyncProperty(changes, fc.boolean(), async (all, isChosen) => {
          const file = { name: 'x', bytes: changed(sample, all) }
          expect(refusals).toContain(await codeRejected(readImport(file, isChosen ? format : null, 16_384, passphrase)))
        }),
        { numRuns: runs },
      )
    },
    60_000,
  )
})
