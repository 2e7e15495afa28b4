import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBackend } from '../../../backend/backend.ts'
import { listen } from '../../../backend/serving/listener.ts'
import { inPlace, runApp } from '../app-run.ts'
import { startRequesting } from './requesting-program.ts'

export interface Tally {
  readonly part: 'ipc'
  readonly seed: number
  readonly channels: number
  readonly messages: number
  /** Valid messages, which reached their handler. */
  readonly handled: number
  readonly forged: number
  /** Locks among them: each ended the process, and a new one continued. */
  readonly locks: number
  /** Uncaught errors, invalid answers, `internal` ones, and missing ones. */
  readonly crashes: number
  /** Messages of a forbidden sender, or with an invalid input, that were not refused. */
  readonly escapes: number
  /** Answers, events and files that contain a value, a token or a root key that nobody was to get. */
  readonly values: number
  /** Values that were revealed to a valid request. They show that the search would find the others. */
  readonly given: number
}

type Told = Omit<Tally, 'part' | 'seed'> & { readonly files: readonly string[]; readonly ended?: string }

interface Order {
  readonly messages: number
  readonly seed: number
  /** Called now and then with the progress. */
  readonly progress?: ((done: number, all: number) => void) | undefined
}

/** From so many messages per channel on, two apps run at a time and take half of them each, because an app handles them in one thread. */
const worthTwo = 5_000

/** Sends so many messages to each channel of the real app, on a profile of its own and with a backend of its own. */
export async function fuzzWindows({ messages, seed, progress }: Order): Promise<Tally> {
  if (messages < worthTwo) return fuzzOne({ messages, seed, progress })
  const done = [0, 0]
  const half = (lane: 0 | 1): Promise<Tally> =>
    fuzzOne({
      ...{ messages: Math.ceil(messages / 2), seed: seed + lane },
      progress: (sent, all) => {
        done[lane] = sent
        progress?.((done[0] ?? 0) + (done[1] ?? 0), 2 * all)
      },
    })
  const [one, other] = await Promise.all([half(0), half(1)])
  const sum = (what: keyof typeof one): number => Number(one[what]) + Number(other[what])
  return {
    ...{
      part: 'ipc',
      seed,
      channels: one.channels,
      messages: sum('messages'),
      handled: sum('handled'),
      forged: sum('forged'),
      locks: sum('locks'),
    },
    ...{ crashes: sum('crashes'), escapes: sum('escapes'), values: sum('values'), given: sum('given') },
  }
}

function fuzzOne({ messages, seed, progress }: Order): Promise<Tally> {
  return inPlace(async (place) => {
    const { folder, output } = place
    const backend = await openBackend({ dataDir: join(folder, 'server'), appId: 'app-1' })
    const listener = await listen(backend, { port: 0, host: '127.0.0.1', behindProxy: false })
    try {
      const files = join(folder, 'files')
      mkdirSync(files)
      const state = join(folder, 'state.json')
      const order = { messages, seed, serverUrl: listener.url, folder: files, output, state }
      const watching = setInterval(() => watch(state, messages, progress), 15_000)
      const stopRequesting = startRequesting(place.profile)
      const ran = await runApp(join(import.meta.dirname, 'driver.ts'), place, order).finally(() => {
        clearInterval(watching)
        stopRequesting()
      })
      const { files: leaked, ended, ...told } = ran.result as Told
      if (ended !== undefined) throw new Error(ended)
      for (const file of leaked) console.error(`a secret is in ${file.slice(folder.length)}`)
      return { ...told, part: 'ipc', seed, crashes: told.crashes + (ran.status === 0 ? 0 : 1), values: told.values + leaked.length }
    } finally {
      await listener.close()
      await backend.close()
    }
  })
}

/** The state that the app saves for its next process shows the progress. */
function watch(state: string, messages: number, progress: Order['progress']): void {
  if (progress === undefined || !existsSync(state)) return
  const { tally, channels } = JSON.parse(readFileSync(state, 'utf8')) as { tally: Tally; channels: object[] }
  progress(tally.messages, messages * channels.length)
}
