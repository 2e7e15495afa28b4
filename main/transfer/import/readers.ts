import { textFrom } from '../../../shared/text-file.ts'
import type { ImportFormat } from '../../../shared/lists/transfer.ts'
import { Refusal } from '../../vault/refusal.ts'
import { type ChosenFile, formatOf } from './format-of.ts'
import { readAws } from './files/aws.ts'
import { readEnv } from './files/env.ts'
import { readGithubCli } from './files/github-cli.ts'
import { readMcp } from './files/mcp.ts'
import { readNetrc } from './files/netrc.ts'
import { readNpmrc } from './files/npmrc.ts'
import { readPgpass } from './files/pgpass.ts'
import type { Reading } from './found.ts'
import { readBitwarden } from './managers/bitwarden.ts'
import { readChrome, readFirefox } from './managers/browsers.ts'
import { readKeePassXc } from './managers/keepassxc.ts'
import { readOnePassword } from './managers/onepassword.ts'
import { readOnePasswordCsv } from './managers/onepassword-csv.ts'

/** @param maxValueBytes bytes of a value that are taken */
type Reader = (file: ChosenFile, maxValueBytes: number) => Reading | Promise<Reading>

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
  onepassword: ({ bytes }, maxValueBytes) => readOnePassword(bytes, maxValueBytes),
  'onepassword-csv': ofText(readOnePasswordCsv),
  bitwarden: ofText(readBitwarden),
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

/**
 * Reads another program's file into names and values.
 * @param chosen null: the format is recognised from the file's name and content
 * @throws Refusal `import-unknown` if none is recognised; those of the format's reader
 */
export async function readImport(
  file: ChosenFile,
  chosen: ImportFormat | null,
  maxValueBytes: number,
): Promise<{ format: ImportFormat; reading: Reading }> {
  const format = chosen ?? formatOf(file)
  if (format === null) throw new Refusal('import-unknown')
  return { format, reading: await readers[format](file, maxValueBytes) }
}
