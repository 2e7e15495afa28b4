import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { socketPath } from '../../../clients/shared/protocol/socket-path.ts'
import { Line } from '../../main/agent/fixtures/line.ts'
import { createKey, type Desktop, discard, lock, quitAndDiscard, startWithVault } from '../support/app/desktop.ts'

describe('an app that cannot listen on its socket', () => {
  it('works otherwise, says so where browsers are connected, and does not touch what is in the way', async () => {
    const runtime = mkdtempSync(join(tmpdir(), 'latchkey-runtime-'))
    writeFileSync(join(runtime, 'latchkey'), 'in the way')
    const desktop = await startWithVault({ XDG_RUNTIME_DIR: runtime })
    const told = await desktop.page.evaluate(() => window.latchkey.calls['browsers.list'](null))
    expect(told).toMatchObject({ ok: true, value: { unreachable: 'agent-blocked' } })
    expect(readFileSync(join(runtime, 'latchkey'), 'utf8')).toBe('in the way')
    await quitAndDiscard(desktop)
    rmSync(runtime, { recursive: true })
  })
})

describe('the running app, called by another program', () => {
  let desktop: Desktop
  let path: string

  beforeAll(async () => {
    desktop = await startWithVault()
    path = socketPath(desktop.profile, process.env, process.platform)
    await createKey(desktop.page, 'first')
  })
  afterAll(() => discard(desktop.profile))

  it("listens at its profile's socket, for this user only", () => {
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('answers with its state and the names of keys, and nothing of their values', async () => {
    const line = Line.ofCommand(path)
    expect(await line.ask('status')).toMatchObject({
      ok: true,
      value: { vault: 'open', code: null, account: 'This computer', keys: 1 },
    })
    const listed = await line.ask('list')
    expect(listed).toMatchObject({ ok: true, value: { keys: [{ account: 'This computer', name: 'first', enabled: true, value: 'here' }] } })
    expect(JSON.stringify(listed)).not.toMatch(/"value":"[^"]{20}/)
    expect(await line.ask('doctor')).toMatchObject({ ok: true, value: { keychain: 'os', findings: ['fine'] } })
    line.leave()
  })

  it('closes every connection when it is locked, and tells later callers so', async () => {
    const line = Line.ofCommand(path)
    expect(await line.ask('status')).toMatchObject({ ok: true })
    const locked = lock(desktop)
    expect(await line.next()).toEqual({ code: 'locked' })
    await line.closed
    await locked
    const later = Line.ofCommand(path)
    expect(await later.ask('list')).toEqual({ id: 1, ok: false, code: 'locked' })
    expect(await later.ask('status')).toMatchObject({ ok: true, value: { vault: 'closed', code: 'locked', keys: 0 } })
    later.leave()
  })

  it('answers again once it is open, and removes its socket when it quits', async () => {
    expect(await desktop.page.evaluate(() => window.latchkey.calls['app.retry'](null))).toMatchObject({ ok: true })
    const line = Line.ofCommand(path)
    expect(await line.ask('list')).toMatchObject({ ok: true })
    line.leave()
    await desktop.quit()
    expect(existsSync(path)).toBe(false)
  })
})
