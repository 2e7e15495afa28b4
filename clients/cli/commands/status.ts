import { AppUnreachable } from '../../app-connection/app-unreachable.ts'
import { askApp } from '../app/ask-app.ts'
import { json, readArguments } from '../arguments.ts'
import { exitStatus } from '../output/exit-status.ts'
import { printJson, printTable } from '../output/output.ts'
import { sentencesFor } from '../output/sentences.ts'

export const options = { ...json } as const

/** Never starts the app: it says whether it runs. */
export async function status(args: string[]): Promise<number> {
  const { values } = readArguments(args, options)
  const found = await askApp('status', null, { start: false }).catch((error: unknown) => {
    if (error instanceof AppUnreachable && error.reason === 'not-running') return null
    throw error
  })
  if (values.json === true) printJson({ running: found !== null, ...found })
  else if (found === null) printTable([['Latchkey', 'not running']])
  else {
    const why = found.code === null ? '' : `: ${sentencesFor(found.code).what}`
    printTable([
      ['Latchkey', `running, version ${found.version}`],
      ['Vault', `${found.vault}${why}`],
      ['Account', found.account ?? 'none'],
      ['Keys', String(found.keys)],
    ])
  }
  if (found === null) return exitStatus.unreached
  return found.vault === 'open' ? exitStatus.fine : exitStatus.closed
}
