/**
 * Why something in another program's file is not imported. `variable`: it uses a variable that the file does not set above it. `deleted`,
 * `archived`: it is in the other program's trash or archive. `reference`: it refers to another entry's value. `visible`: it is not marked
 * as secret. `note`, `one-time-code`, `passkey`, `attachment`, `older`: an entry has it beside its value. `other-kind`: a whole entry, such as a payment
 * card. `setting`: a program's own file has it beside its keys. `elsewhere`: the file names it, and the program keeps it in the system's
 * keychain.
 */
export const skipReasons = [
  'empty',
  'too-long',
  'unreadable',
  'variable',
  'deleted',
  'archived',
  'reference',
  'visible',
  'note',
  'one-time-code',
  'passkey',
  'attachment',
  'older',
  'other-kind',
  'setting',
  'elsewhere',
] as const

export type SkipReason = (typeof skipReasons)[number]

/** The programs and formats that values are imported from: developers' own files, then password managers. */
export const importFormats = [
  'env',
  'aws',
  'npmrc',
  'netrc',
  'pgpass',
  'github-cli',
  'mcp',
  'chrome',
  'firefox',
  'onepassword',
  'onepassword-csv',
  'bitwarden',
  'keepass',
  'keepassxc',
  'cxf',
] as const
export type ImportFormat = (typeof importFormats)[number]

export const exportFormats = ['json', 'env', 'cxf'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Whose values are exported: those of the current account, or of all. */
export const exportScopes = ['account', 'all'] as const
export type ExportScope = (typeof exportScopes)[number]

/** The parts of a backup that are compared with the vault. `journal`: the lines that the vault still has. */
export const comparedParts = ['accounts', 'keys', 'values', 'sites', 'approvals', 'browsers', 'changes', 'journal'] as const
