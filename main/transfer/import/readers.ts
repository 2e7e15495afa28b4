import { textFrom } from '../../../shared/text-file.ts'
import type { ImportFormat } from '../../../shared/lists/transfer.ts'
import { Refusal } from '../../vault/refusal.ts'
import type { Secret } from '../../vault/secret.ts'
import { type ChosenFile, formatOf } from './format-of.ts'
import { readAws } from './files/aws.ts'
import { readEnv } from './files/env.ts'
import { readGithubCli } from './files/github-cli.ts'
import { readMcp } from './files/mcp.ts'
import { readNetrc } from './files/netrc.ts'
import { readNpmrc } from './files/npmrc.ts'
import { readPgpass } from './files/pgpass.ts'
import type { Reading } from './found.ts'
import { requireKdbx4 } from './keepass/container.ts'
import { readKeePass } from './keepass/keepass.ts'
import { readBitwarden } from './managers/bitwarden.ts'
import { readChrome, readFirefox } from './managers/browsers.ts'
import { readCxf } from './managers/cxf.ts'
import { readKeePassXc } from './managers/keepassxc.ts'
import { readOnePassword } from './managers/onepassword.ts'
import { readOnePasswordCsv } from './managers/onepassword-csv.ts'

/**
 * @param maxValueBytes bytes of a value that are taken
 * @returns null if the file has a passphrase, and it was not given
 */
type Reader = (file: ChosenFile, maxValueBytes: number, passphrase: Secret | null) => Reading | null | Promise<Reading>

const readers: Record<ImportFormat, Reader> = {
  env: ofText(readEnv),
  aws: ofText(readAws),
  npmrc: ofText(readNpmrc),
  netrc: ofText(readNetrc),
  pgpass: ofText(readPgpass),
  'github-cli': ofText(readGithubCli),
  mcp: ofText(readMcp),
  chrome: ofText(readChrome),
  firefox: ofText(readFirefox),
  'onepassword-csv': ofText(readOnePasswordCsv),
  onepassword: ({ bytes }, maxValueBytes) => readOnePassword(bytes, maxValueBytes),
  bitwarden: ofText(readBitwarden),
  keepass: openKeePass,
  cxf: ofText(readCxf),
  keepassxc: ofText(readKeePassXc),
}

/** @throws Refusal `import-invalid` for a file that is not text */
function ofText(read: (text: string, maxValueBytes: number) => Reading): Reader {
  return ({ bytes }, maxValueBytes) => {
    const text = textFrom(bytes)
    if (text === null) throw new Refusal('import-invalid')
    return read(text, maxValueBytes)
  }
}

function openKeePass({ bytes }: ChosenFile, maxValueBytes: number, passphrase: Secret | null): null | Promise<Reading> {
  requireKdbx4(bytes)
  return passphrase === null ? null : readKeePass(bytes, passphrase, maxValueBytes)
}

/**
 * Reads another program's file into names and values.
 * @param chosen null: the format is recognised from the file's name and content
 * @returns without a reading if the file has a passphrase, and it was not given
 * @throws Refusal `import-unknown` if none is recognised; those of the format's reader
 */
export async function readImport(
  file: ChosenFile,
  chosen: ImportFormat | null,
  maxValueBytes: number,
  passphrase: Secret | null = null,
): Promise<{ format: ImportFormat; reading: Reading | null }> {
  const format = chosen ?? formatOf(file)
  if (format === null) throw new Refusal('import-unknown')
  return { format, reading: await readers[format](file, maxValueBytes, passphrase) }
}
