import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { median, rows } from '../figures.ts'
import { betterAuthVersion, startBetterAuth } from './better-auth.ts'
import { endedSessions, expiredSessions } from './large-store.ts'
import { startLatchkey } from './latchkey.ts'
import { putLoad, requestBytes, type Load, type Speed } from './load.ts'
import { startProgram } from './program.ts'
import { inTurn, type MeasuredServer } from './servers.ts'

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '64' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '5' },
    sessions: { type: 'string', default: '1000000' },
  },
})
const load: Load = { connections: Number(values.connections), seconds: Number(values.seconds) }
const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
const servers: { end(): Promise<void> }[] = []
try {
  await compare()
  if (Number(values.sessions) > 0) await measureLargeStores(Number(values.sessions))
} finally {
  await Promise.all(servers.map((server) => server.end()))
  rmSync(folder, { recursive: true })
}

async function compare(): Promise<void> {
  const copy = join(folder, 'copy')
  const latchkey = await started(startLatchkey(folder, copy))
  const betterAuth = await started(startBetterAuth(folder))
  const program = await started(startProgram<{ url: string }>('bench/server/select-server.ts', [copy], join(folder, 'select.log')))
  const select = { url: program.ready.url, verify: inTurn(latchkey.keys.map((key) => requestBytes('POST', '/verify', {}, { key }))) }

  const [verify, peerVerify, selected] = await medians([
    asking(latchkey, 'verify'),
    asking(betterAuth, 'verify'),
    () => ask(select, select.verify),
  ])
  const [login, peerLogin] = await medians([asking(latchkey, 'login'), asking(betterAuth, 'login')])
  // Once: a user has room for twenty keys.
  const [create, peerCreate] = [await asking(latchkey, 'create')(), await asking(betterAuth, 'create')()]
  console.log(`${load.connections} connections, requests a second (99th percentile of the times)\n`)
  console.log(
    rows([
      ['', 'Latchkey', `better-auth ${betterAuthVersion}`, 'ratio', 'bare select', 'ratio'],
      ['verify', shown(verify), shown(peerVerify), ratio(verify, peerVerify), shown(selected), ratio(verify, selected)],
      ['log in with a key', shown(login), shown(peerLogin), ratio(login, peerLogin), '', ''],
      ['create a key', shown(create), shown(peerCreate), ratio(create, peerCreate), '', ''],
    ]),
  )
  console.log('\nA login of Latchkey stores a session. better-auth checks the key and stores none.')
}

/** Ends a server when this program ends. */
async function started<S extends { end(): Promise<void> }>(starting: Promise<S>): Promise<S> {
  const server = await starting
  servers.push(server)
  return server
}

async function measureLargeStores(sessions: number): Promise<void> {
  const half = Math.ceil(sessions / 2)
  const folders = ['ended', 'expired'].map((name) => join(folder, name))
  for (const each of folders) mkdirSync(each, { mode: 0o700 })
  const [endedFolder = '', expiredFolder = ''] = folders
  const ended = await endedSessions(endedFolder, half)
  rmSync(endedFolder, { recursive: true })
  const expired = await expiredSessions(expiredFolder, sessions)
  console.log(`\nmilliseconds\n`)
  console.log(
    rows([
      ['', 'answer', 'removal of the rows', 'others waited at most', '99.9 %'],
      [`a key with ${half} sessions is disabled`, ms(ended.disable), ms(ended.sweep), ms(ended.longestHold), ms(ended.p999Hold)],
      [`${sessions} sessions have expired`, '', ms(expired.sweep), ms(expired.longestHold), ms(expired.p999Hold)],
    ]),
  )
}

function asking(server: MeasuredServer, what: 'verify' | 'login' | 'create'): () => Promise<Speed> {
  const next = server[what]
  if (next === undefined) throw new Error(`the server has no ${what}`)
  return () => ask(server, next)
}

function ask(server: { readonly url: string }, next: () => Buffer | null): Promise<Speed> {
  return putLoad(server.url, next, load)
}

/** Measures each in every round, so that what else the computer does falls on all of them. The first round warms up. */
async function medians(measurements: (() => Promise<Speed>)[]): Promise<Speed[]> {
  const speeds: Speed[][] = measurements.map(() => [])
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    for (const [index, measure] of measurements.entries()) {
      const speed = await measure()
      if (round > 0) speeds[index]?.push(speed)
    }
  }
  return speeds.map((all) => ({ perSecond: median(all.map((one) => one.perSecond)), p99: median(all.map((one) => one.p99)) }))
}

function shown(speed: Speed | undefined): string {
  return speed === undefined ? '' : `${speed.perSecond.toFixed(0)} (${ms(speed.p99)} ms)`
}

function ratio(ours: Speed | undefined, peer: Speed | undefined): string {
  return ours === undefined || peer === undefined ? '' : (ours.perSecond / peer.perSecond).toFixed(2)
}

function ms(time: number): string {
  return time >= 100 ? time.toFixed(0) : time.toFixed(1)
}
