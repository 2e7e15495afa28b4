import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumId } from '../../../clients/shared/protocol/extension-ids.ts'
import { encodeFrame, FrameReader } from '../../../clients/shared/protocol/frames.ts'
import { AppConnection } from '../../../clients/shared/secure-session/app-connection.ts'
import type { PairingKeys } from '../../../clients/shared/secure-session/handshake.ts'
import { latchkey } from '../../clients/command-line.ts'
import { codeRefused } from '../../main/agent/browser/refused.ts'
import { createKey, type Desktop, lock, quitAndDiscard, rowOf, startWithVault } from '../support/app/desktop.ts'
import { answerPrompt, promptWindow } from '../support/pages/prompt.ts'
import { revealed } from '../support/pages/revealed.ts'

/** Plays an extension and its browser: the native host is the real one, and so is everything behind it. */
class Extension {
  readonly app: AppConnection
  readonly #host: ChildProcess
  /** Every byte that was received. */
  heard = ''

  constructor(profile: string) {
    const env = { ...process.env, LATCHKEY_PROFILE_DIR: profile }
    const host = spawn(latchkey, [`chrome-extension://${chromiumId}/`], { env, stdio: ['pipe', 'pipe', 'inherit'] })
    const reader = new FrameReader()
    this.app = new AppConnection({ post: (message) => host.stdin.write(encodeFrame(message)), close: () => host.stdin.end() })
    host.stdin.on('error', () => host.kill()) // it has ended
    host.stdout.on('data', (bytes: Buffer) => {
      this.heard += bytes.toString('latin1')
      for (const message of reader.push(bytes)) void this.app.hear(message)
    })
    host.stdout.once('close', () => this.app.end())
    this.#host = host
  }

  async leave(): Promise<void> {
    if (this.#host.exitCode !== null) return
    const gone = once(this.#host, 'exit')
    this.#host.stdin?.end()
    await gone
  }
}

describe('an extension, through the native messaging host, with the running app', () => {
  const site = 'https://console.example.com'
  const place = { url: `${site}/keys`, top: `${site}/keys`, ancestors: [] }
  let desktop: Desktop
  let value: string
  let keys: PairingKeys
  let extension: Extension

  beforeAll(async () => {
    desktop = await startWithVault()
    await createKey(desktop.page, 'ci')
    await rowOf(desktop.page, 'ci').click()
    value = await revealed(desktop.page)
    extension = new Extension(desktop.profile)
  }, 90_000)
  afterAll(async () => {
    await extension.leave()
    await quitAndDiscard(desktop)
  })

  it('is paired once the user has confirmed on both sides that the codes are the same', async () => {
    const comparison = await extension.app.pair()
    const page = await promptWindow(desktop)
    await page.getByRole('button', { name: 'The same code' }).waitFor()
    expect((await page.locator('[aria-label^="Code:"]').innerText()).replace(/\s/g, '')).toBe(comparison.code)
    comparison.confirm()
    expect(await answerPrompt(desktop, 'The same code')).toContain(process.execPath) // because that is the host's parent here
    keys = await comparison.done
  })

  it('gets a key for a site by the user’s choice, which also approves the fill that follows', async () => {
    await extension.app.open(keys)
    expect(await extension.app.call('offers', { place })).toEqual({ keys: [], locked: false })
    const learning = extension.app.call('learn', { place })
    const page = await promptWindow(desktop)
    const choice = page.getByRole('radio', { name: 'ci' })
    // It ignores input in its first half second, so a user would press again.
    await expect.poll(() => choice.click().then(() => choice.isChecked())).toBe(true)
    expect(await answerPrompt(desktop, 'Use on this site')).toContain(site)
    const [learnt] = (await learning).keys
    expect(learnt).toEqual({ ref: expect.any(String), name: 'ci', account: 'This computer' })
    expect(await extension.app.call('fill', { place, ref: learnt?.ref ?? '' })).toEqual({ value })
  })

  it('gets the value again if the user approves it, and not if it is denied', async () => {
    const [offered] = (await extension.app.call('offers', { place })).keys
    const allowed = extension.app.call('fill', { place, ref: offered?.ref ?? '' })
    const said = await answerPrompt(desktop, 'Allow')
    for (const fact of ['ci', site, process.execPath]) expect(said).toContain(fact)
    expect(await allowed).toEqual({ value })
    const denied = codeRefused(extension.app.call('fill', { place, ref: offered?.ref ?? '' }))
    await answerPrompt(desktop, 'Deny')
    expect(await denied).toBe('approval-denied')
  })

  it('has its prompt closed when it disconnects', async () => {
    const other = new Extension(desktop.profile)
    await other.app.pair()
    const page = await promptWindow(desktop)
    await page.getByRole('button', { name: 'The same code' }).waitFor()
    await other.leave()
    await expect.poll(() => page.isClosed()).toBe(true)
  })

  it('learns that the app was locked, and opens a new session when it is open again', async () => {
    await lock(desktop)
    await expect(extension.app.call('offers', { place })).rejects.toThrow()
    await extension.leave()
    expect(extension.heard).not.toContain(value)

    extension = new Extension(desktop.profile)
    expect(await codeRefused(extension.app.open(keys))).toBe('locked')
    expect(await desktop.page.evaluate(() => window.latchkey.calls['app.retry'](null))).toMatchObject({ ok: true })
    await extension.app.open(keys)
    expect((await extension.app.call('offers', { place })).keys).toMatchObject([{ name: 'ci' }])
  })

  it('is refused after its pairing was removed', async () => {
    await desktop.page.evaluate((id) => window.latchkey.calls['browsers.unpair']({ id }), keys.pairing)
    await expect(extension.app.call('offers', { place })).rejects.toThrow()
    await extension.leave()
    extension = new Extension(desktop.profile)
    expect(await codeRefused(extension.app.open(keys))).toBe('pairing-needed')
    expect(extension.heard).not.toContain(value)
  })
})
