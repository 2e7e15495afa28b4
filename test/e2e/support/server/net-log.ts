import { existsSync, readFileSync } from 'node:fs'
import { orElse } from '../../../../shared/or-else.ts'

/** An attempt of the app to use a network: a name lookup or a connection. */
export interface Attempt {
  readonly at: number
  /** By Node or by Chromium, what, and for whose request. */
  readonly what: string
}

/** Chromium's event names for network use. Lookups and connections are logged before a packet is sent. */
const waysOut = ['URL_REQUEST_START_JOB', 'HOST_RESOLVER_MANAGER_REQUEST', 'SOCKET_POOL', 'TCP_CONNECT', 'UDP_CONNECT']

interface NetEvent {
  readonly type: number
  readonly phase: number
  readonly time: string
  readonly params?: { readonly url?: string }
}

/** Chromium's `--log-net-log`: one event per line, the last of which may be truncated. */
export function readNetLog(path: string): Attempt[] {
  if (!existsSync(path)) throw new Error('Chromium wrote no net log')
  const [first = '', , ...lines] = readFileSync(path, 'utf8').split('\n')
  const { constants } = JSON.parse(first.replace(/,$/, '}')) as { constants: Constants }
  const names = new Map(waysOut.map((name) => [constants.logEventTypes[name], name]))
  const begin = constants.logEventPhase['PHASE_BEGIN']
  return lines.flatMap((line) => {
    const event = parsed(line.replace(/,$/, ''))
    const name = names.get(event?.type)
    if (event === null || name === undefined || event.phase !== begin || event.params?.url?.startsWith('app://') === true) return []
    const whose = event.params?.url === undefined ? '' : ` ${new URL(event.params.url).host}`
    return [{ at: Number(event.time) + Number(constants.timeTickOffset), what: `chromium ${name}${whose}` }]
  })
}

interface Constants {
  readonly logEventTypes: Readonly<Record<string, number>>
  readonly logEventPhase: Readonly<Record<string, number>>
  readonly timeTickOffset: number
}

function parsed(line: string): NetEvent | null {
  return orElse(() => JSON.parse(line) as NetEvent, null)
}
