import type { RefusalCode } from '../../../../preload/contract.ts'
import type { RefusalTexts } from '../../wording.ts'

/** Refusals of backups, exports and imports, and about imported values. */
export const transferTexts = {
  'not-allowed-values': {
    title: 'Stored values have no server',
    text: 'These values came from elsewhere. No server lists them, so there is none to ask for this.',
    next: 'Show, copy or fill them, or prove which of your keys one of them belongs to.',
  },
  'vault-not-empty': {
    title: 'This vault is not empty',
    text: 'A backup is restored into an empty vault only, so that it can overwrite nothing.',
    next: 'Restore it under another user of this computer, or forget all accounts here first.',
  },
  'backup-invalid': {
    title: 'This is not a whole Latchkey backup',
    text: 'The file is something else, or it was damaged or changed since it was made.',
    next: 'Choose another file, or make the backup again.',
  },
  'backup-newer': {
    title: 'A newer Latchkey made this backup',
    text: 'It may hold things that this version does not know and would lose.',
    next: 'Install the newest Latchkey, then restore it.',
  },
  'file-unreadable': {
    title: 'The file could not be read',
    text: 'It is not there any more, or the system does not let you read it.',
    next: 'Check the file, then choose it again.',
  },
  'file-unwritable': {
    title: 'The file could not be written',
    text: 'The folder is not there, is read-only, or is not yours. Nothing was left behind.',
    next: 'Choose another folder.',
  },
  'file-too-large': {
    title: 'The file is too large',
    text: 'It is far larger than any list of keys or any backup would be.',
    next: 'Choose the right file.',
  },
  'import-unknown': {
    title: 'This file is not recognised',
    text: 'Neither its name nor its content shows which program it is from.',
    next: 'Choose its format yourself, or export it there again in one of the listed formats.',
  },
  'import-invalid': {
    title: 'The file is in another format',
    text: 'It does not look like the format you chose.',
    next: 'Check which program the file is from, and choose that format.',
  },
  'import-encrypted': {
    title: 'The file is encrypted',
    text: 'Only the program that made it can open it.',
    next: 'Export it there again without encryption, import it here, then delete it.',
  },
  'import-unsupported': {
    title: 'This version of the file cannot be read',
    text: 'It is of another version, uses an unusual cipher, or would take far too long to open.',
    next: 'Export it there in another of the listed formats. A KeePass database is read as KDBX 4 with AES or ChaCha20.',
  },
  'stored-limit': {
    title: 'More values than a vault stores',
    text: 'Up to 1,000 values from elsewhere are stored, and a file with more entries is not read. Nothing was stored.',
    next: 'Export fewer of them there, or remove stored values that you no longer need.',
  },
  'export-too-soon': {
    title: 'That was too quick',
    text: 'A plain export waits some seconds, so that nobody makes one in passing.',
    next: 'Wait until the button can be pressed.',
  },
  'choice-expired': {
    title: 'The file has to be chosen again',
    text: 'What was read from it was forgotten: too much time has passed, or the vault was locked.',
    next: 'Choose the file again.',
  },
} satisfies Partial<Record<RefusalCode, RefusalTexts>>
