import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Desktop } from '../test/e2e/support/app/desktop.ts'
import { electronPath } from '../test/e2e/support/app/desktop.ts'
import { median } from './figures.ts'
import { confirmServer } from '../test/e2e/support/server/server-account.ts'
import type { Served } from '../test/e2e/support/server/served-backend.ts'

export interface CallTimes {
  readonly create: number
  readonly list: number
  readonly disable: number
}

/**
 * Medians in milliseconds, of calls as the window makes them: IPC, vault, SDK, server, cache and keychain. The calls are spaced, here and
 * for the peer, so that none is timed while the page still draws the previous change.
 */
export async function timeCalls(desktop: Desktop, server: Served, rounds: number): Promise<CallTimes> {
  const measuring = desktop.page.evaluate(
    async ({ url, appId, all }) => {
      const { calls } = window.latchkey
      const signedIn = await calls['accounts.register']({ server: { url, appId }, email: 'ipc@bench.invalid', password: 'bench-password' })
      if (!signedIn.ok || signedIn.value.outcome !== 'signed-in') throw new Error('the account was not made')
      const accountId = signedIn.value.account.id
      const measured: Record<'create' | 'list' | 'disable', number[]> = { create: [], list: [], disable: [] }
      // No helper functions here: the TypeScript loader would make them need code that exists in Node only.
      for (let round = 0; round < all; round += 1) {
        const name = `key-${round}`
        await new Promise((rested) => setTimeout(rested, 50))
        let begun = performance.now()
        const made = await calls['keys.create']({ accountId, name })
        measured.create.push(performance.now() - begun)
        if (!made.ok) throw new Error(made.code)
        const { id } = made.value
        await new Promise((rested) => setTimeout(rested, 50))
        begun = performance.now()
        const listed = await calls['keys.sync'](null)
        measured.list.push(performance.now() - begun)
        await new Promise((rested) => setTimeout(rested, 50))
        begun = performance.now()
        const disabled = await calls['keys.disable']({ accountId, id })
        measured.disable.push(performance.now() - begun)
        const deleted = await calls['keys.delete']({ accountId, id, name })
        if (!listed.ok || !disabled.ok || !deleted.ok) throw new Error('a call was refused')
      }
      return measured
    },
    { url: server.url, appId: server.appId, all: rounds },
  )
  await confirmServer(desktop)
  return medians(await measuring)
}

/** The same calls by the SDK alone, against the same server, in the main process of the same Electron. */
export function timeRawSdk(server: Served, rounds: number): CallTimes {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  const bench = { BENCH_URL: server.url, BENCH_APP_ID: server.appId, BENCH_FOLDER: folder, BENCH_ROUNDS: String(rounds) }
  const env = { ...process.env, ...bench }
  const said = execFileSync(electronPath(), [resolve(import.meta.dirname, 'raw')], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  rmSync(folder, { recursive: true })
  return medians(JSON.parse(said.trim().split('\n').at(-1) ?? '') as Record<keyof CallTimes, number[]>)
}

function medians(times: Record<keyof CallTimes, number[]>): CallTimes {
  return { create: median(times.create), list: median(times.list), disable: median(times.disable) }
}
