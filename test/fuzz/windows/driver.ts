/**
 * Loaded into the real app before the app's own code. Sends messages to each handler, valid and invalid ones. A lock replaces this process
 * by a new one with the same arguments, which loads this file again and continues from the saved state.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { app } from 'electron'
import { calls } from '../../../preload/contract.ts'
import { paletteCalls } from '../../../preload/palette-contract.ts'
import { promptCalls } from '../../../preload/prompt-contract.ts'
import { Random } from '../../torture/random.ts'
import { Fuzz, type State } from './fuzz.ts'
import { Secrets } from './secrets.ts'
import { watchApp } from './surroundings.ts'

const order = JSON.parse(process.env['FUZZ_ORDER'] ?? '') as {
  messages: number
  seed: number
  serverUrl: string
  folder: string
  output: string
  state: string
  result: string
}
const secrets = new Secrets()
const seen = watchApp(secrets, order.folder)
const contracts = { index: calls, prompt: promptCalls, palette: paletteCalls }

void app.whenReady().then(async () => {
  const before = existsSync(order.state) ? (JSON.parse(readFileSync(order.state, 'utf8')) as State) : null
  const fuzz = new Fuzz({
    contracts,
    seen,
    secrets,
    serverUrl: order.serverUrl,
    random: new Random(order.seed, before?.tally.messages ?? 0),
  })
  if (before !== null) fuzz.resume(before)
  const save = (state: State): void => {
    writeFileSync(`${order.state}.new`, JSON.stringify(state))
    renameSync(`${order.state}.new`, order.state) // atomic, because another process reads it meanwhile
  }
  seen.arrived = (channel, input, told) => fuzz.arrived(channel, input, told)
  const told = await Promise.race([standstill(fuzz), fuzz.run(order.messages, save)]).catch((error: unknown) => ({
    ...fuzz.tally,
    ended: String((error as Error).stack ?? error),
  }))
  const files = [order.output, app.getPath('userData')].flatMap((place) => secrets.filesWith(place))
  writeFileSync(order.result, JSON.stringify({ ...told, files, secrets: secrets.count }))
  app.quit() // as a person does; a failure shows in the status
})

/** Longer than any call takes, in milliseconds. */
const patience = 120_000

/** Rejects if no message was sent for so long. */
function standstill(fuzz: Fuzz): Promise<never> {
  let before = -1
  return new Promise((_resolve, reject) => {
    setInterval(() => {
      if (fuzz.tally.messages === before) reject(new Error(`no message for ${patience / 1000} s, after ${before}`))
      before = fuzz.tally.messages
    }, patience)
  })
}
