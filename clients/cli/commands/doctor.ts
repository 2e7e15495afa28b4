import { textsFor } from '../../../renderer/i18n/en/keychain/doctor/doctor.ts'
import { type Desktop, desktops, type Finding } from '../../../shared/lists/keychain.ts'
import type { DoctorAnswer } from '../../shared/protocol/command.ts'
import { askApp } from '../app/ask-app.ts'
import { json, noStart, readArguments } from '../arguments.ts'
import { exitStatus } from '../output/exit-status.ts'
import { print, printable, printJson } from '../output/output.ts'

export const options = { ...json, ...noStart } as const

/** Diagnoses the keychain through the running app, with the same result as in the window. */
export async function doctor(args: string[]): Promise<number> {
  const { values } = readArguments(args, options)
  const diagnosis = await askApp('doctor', null, { start: values['no-start'] !== true })
  if (values.json === true) printJson(diagnosis)
  else print(textOf(diagnosis))
  return diagnosis.findings.every((finding) => finding === 'fine') ? exitStatus.fine : exitStatus.fault
}

function textOf({ keychain, provider, desktop, findings, keys }: DoctorAnswer): string {
  const head = `Keychain  ${storeOf(keychain, provider)}\n`
  const parts = findings.map((finding) => {
    const { title, meaning, steps } = textsFor(finding as Finding, isDesktop(desktop) ? desktop : 'other', keychain)
    const names = keys.filter((key) => key.finding === finding).map(({ name }) => printable(name))
    const todo = steps.flatMap(({ text, command }) => [`  - ${text}`, ...(command === undefined ? [] : [`      ${command}`])])
    return [title, `  ${meaning}`, ...(names.length > 0 ? [`  Keys: ${names.join(', ')}`] : []), ...todo]
      .map((line) => `${line}\n`)
      .join('')
  })
  return [head, ...parts].join('\n')
}

function isDesktop(text: string): text is Desktop {
  return desktops.some((one) => one === text)
}

function storeOf(keychain: DoctorAnswer['keychain'], provider: string | null): string {
  if (keychain === 'passphrase') return 'a passphrase vault'
  const name = printable(provider ?? 'the system’s')
  return keychain === 'guarded' ? `${name}, under a passphrase` : name
}
