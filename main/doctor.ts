import { ArgumentError, readArguments } from './doctor/arguments.ts'
import { look, type Report } from './doctor/look.ts'
import { textOf } from './doctor/text.ts'
import { Refusal } from './vault/refusal.ts'

/**
 * The keychain doctor as a program of its own, for when the app does not get as far as its window. Status 0 if all is well, 1 if
 * something was found, 2 if it could not look.
 */
try {
  const { profile, json } = readArguments(process.argv.slice(2), process.env, process.platform)
  const report = await look(profile)
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : textOf(report), () => end(report))
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exitCode = 2
}

function end(report: Report): void {
  // A call to the keychain that still waits keeps its thread, and the thread would keep the process at its exit.
  if (report.findings.includes('timeout')) process.kill(process.pid, 'SIGKILL')
  process.exit(statusOf(report))
}

function statusOf({ findings, keyList }: Report): number {
  if (!findings.includes('fine') || keyList === 'unreadable') return 1
  return keyList === 'not-built' ? 2 : 0
}

/** Errors of the system and of libraries can hold anything; ours say what they say. */
function sentenceOf(error: unknown): string {
  if (error instanceof ArgumentError) return `${error.message}\nnpm run doctor -- --help tells what can be asked.`
  if (!(error instanceof Refusal)) return 'The doctor failed in a way it did not expect.'
  if (error.code === 'profile-corrupt') return 'profile.json cannot be read: it is damaged, or was written by a newer Latchkey.'
  return `The doctor could not look: ${error.code}.`
}
