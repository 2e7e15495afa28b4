import { wordsFor } from '../../renderer/i18n/doctor.ts'
import type { KeyList, Report } from './look.ts'

const keyLists: Record<KeyList, string | null> = {
  read: null,
  none: 'There is no vault in this profile yet, so only the keychain itself was looked at.',
  unreadable:
    'The list of keys does not open, so the values were not looked for. Open Latchkey: it keeps the file, and makes the list anew.',
  'not-built':
    'The list of keys cannot be read before Latchkey was set up in this folder, so the values were not looked for. Run npm start once.',
  'not-asked': null,
}
const underPassphrase = {
  passphrase: 'This profile keeps its values in a file under a passphrase. Open Latchkey and unlock it to have the values looked for.',
  guarded: 'This profile’s values are in the keychain under a passphrase. Open Latchkey and unlock it to have the values looked for.',
}

/** A report for a person to read. */
export function textOf(report: Report): string {
  const { profile, keychain, desktop, findings, keyList } = report
  const head = [`Profile   ${profile}`, `Keychain  ${storeOf(report)}`]
  const note = keychain === 'os' ? keyLists[keyList] : underPassphrase[keychain]
  const parts = findings
    .filter((finding) => finding !== 'fine' || note === null)
    .map((finding) => {
      const { title, meaning, steps } = wordsFor(finding, desktop, keychain)
      const names = report.keys.filter((key) => key.finding === finding).map(({ name }) => name)
      const keys = names.length > 0 ? [`Keys: ${names.join(', ')}`] : []
      return [title, ...indented(2, [meaning, ...keys, ...steps.flatMap(stepText)])].join('\n')
    })
  return [head.join('\n'), ...parts, ...(note === null ? [] : [note])].map((part) => `${part}\n`).join('\n')
}

function storeOf({ keychain, provider }: Report): string {
  if (keychain === 'passphrase') return 'a passphrase vault'
  const name = provider ?? 'the system’s'
  return keychain === 'guarded' ? `${name}, under a passphrase` : name
}

function stepText({ text, command }: { text: string; command?: string }): string[] {
  return [`- ${text}`, ...(command === undefined ? [] : indented(4, [command]))]
}

function indented(by: number, lines: string[]): string[] {
  return lines.map((line) => ' '.repeat(by) + line)
}
