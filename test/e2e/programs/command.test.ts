import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAlive, lockHolder } from '../../../clients/app-connection/lock-holder.ts'
import { createKey, type Desktop, discard, lock, rowOf, startWithVault } from '../support/app/desktop.ts'
import { filesBelow } from '../../files.ts'
import { answerPrompt, promptWindow } from '../support/pages/prompt.ts'
import { revealed } from '../support/pages/revealed.ts'
import { Terminal } from '../support/terminal.ts'
import { sharedFolder } from '../../temporary-folder.ts'

describe('latchkey in a shell, beside the running app', () => {
  let desktop: Desktop
  let terminal: Terminal
  const values: Record<'payments' | 'ci', string> = { payments: '', ci: '' }
  const folder = realpathSync(sharedFolder('a-project-'))
  /** The texts of the prompts, which must not contain the value. */
  const prompts: string[] = []
  const answer = async (button: string, choice?: string): Promise<string> => {
    const said = await answerPrompt(desktop, button, choice)
    prompts.push(said)
    return said
  }

  beforeAll(async () => {
    desktop = await startWithVault()
    for (const name of ['payments', 'ci'] as const) {
      await createKey(desktop.page, name)
      await rowOf(desktop.page, name).click()
      values[name] = await revealed(desktop.page)
    }
    terminal = new Terminal(desktop.profile, folder)
  }, 90_000)
  afterAll(async () => {
    await terminal.close()
    await desktop.quit().catch(() => undefined) // the last test has
    discard(desktop.profile)
  })

  it('lists names and prints its state without a prompt', async () => {
    const { shown, status } = await terminal.type('latchkey list')
    expect(status).toBe(0)
    expect(shown.split('\n').map((line) => line.split(/ {2,}/).slice(0, 3))).toEqual(
      expect.arrayContaining([
        ['ACCOUNT', 'KEY', 'VALUE'],
        ['This computer', 'payments', 'here'],
        ['This computer', 'ci', 'here'],
      ]),
    )
    expect(await terminal.type('latchkey status')).toMatchObject({
      status: 0,
      shown: expect.stringMatching(/^Latchkey {2}running, version .*\nVault {5}open\nAccount {3}This computer\nKeys {6}2\n$/),
    })
    expect(await terminal.type('latchkey doctor')).toMatchObject({ status: 0, shown: expect.stringContaining('The keychain is in order') })
  })

  it('prints a value after an approval in a prompt that shows the key, the shell, the folder and the terminal', async () => {
    const asked = terminal.type('latchkey get payments')
    const said = await answer('Allow')
    expect(await asked).toEqual({ status: 0, shown: expect.stringMatching(new RegExp(`(^|\n)${values.payments}\n$`)) })
    for (const fact of ['payments', 'This computer', 'bash', folder, 'pts/']) expect(said).toContain(fact)
  })

  it('prints nothing if it is denied, and does not prompt again at once', async () => {
    // By a program of its own: the shell makes requests below.
    const asked = terminal.type("sh -c 'latchkey get ci; latchkey get payments; exit $?'")
    await answer('Deny')
    const { status, shown } = await asked
    expect(status).toBe(5)
    expect(shown.split('latchkey: You said no.')).toHaveLength(3)
  })

  it('does not prompt again for what was approved for a time, but does for anything else', async () => {
    const first = terminal.type('latchkey get latchkey://This%20computer/payments | wc -c')
    await answer('Allow for 15 minutes', '15 minutes')
    expect((await first).shown).toMatch(/64\n$/)
    expect((await terminal.type('latchkey get payments | wc -c')).shown).toBe('64\n')
    const elsewhere = terminal.type('(cd / && latchkey get payments | wc -c)')
    expect(await answer('Allow')).toMatch(/Folder\s+\/\n/)
    expect((await elsewhere).shown).toMatch(/64\n$/)
  })

  it('runs a program with the values, and masks them in its output', async () => {
    writeFileSync(join(folder, 'app.env'), 'API_KEY=latchkey://This%20computer/payments\nURL="https://x:latchkey:///ci@db.example"\n')
    writeFileSync(
      join(folder, 'app.sh'),
      `echo "key $API_KEY"; echo "url $URL" >&2; printf %s "$API_KEY" | base64; printf %s "$API_KEY" | sha256sum
for process in /proc/[0-9]*; do tr '\\0' '\\n' < $process/cmdline; done 2>/dev/null | awk 'index($0, ENVIRON["API_KEY"]) { n++ } END { print "seen", n + 0 }'; exit 9\n`,
    )
    const asked = terminal.type('latchkey run --env-file app.env -- sh app.sh')
    const said = await answer('Allow')
    const { shown, status } = await asked
    expect(said).toMatch(/payments[^]*ci/)
    expect(said).toContain('sh app.sh')
    expect(status).toBe(9)
    const digest = createHash('sha256').update(values.payments).digest('hex')
    for (const line of ['key ********', 'url https://x:********@db.example', `${digest}  -`, 'seen 0'])
      expect(shown.split('\n')).toContain(line)
    const encoded = Buffer.from(values.payments).toString('base64')
    for (const value of [values.payments, values.ci, encoded.slice(0, 20)]) expect(shown).not.toContain(value)
  })

  it('writes values into a file that only this user can read', async () => {
    writeFileSync(join(folder, 'in.yml'), 'one: latchkey:///payments\ntwo: "latchkey:///ci"\n')
    const asked = terminal.type('latchkey inject -i in.yml -o out.yml')
    expect(await answer('Allow')).toContain(join(folder, 'in.yml'))
    expect(await asked).toMatchObject({ status: 0 })
    expect(readFileSync(join(folder, 'out.yml'), 'utf8')).toBe(`one: ${values.payments}\ntwo: "${values.ci}"\n`)
    expect(statSync(join(folder, 'out.yml')).mode & 0o777).toBe(0o600)
  })

  it('copies a value to the clipboard', async () => {
    const asked = terminal.type('latchkey copy payments')
    await answer('Allow')
    expect(await asked).toMatchObject({
      status: 0,
      shown: expect.stringMatching(/Copied\. The clipboard is cleared in (29|30) seconds\.\n$/),
    })
    expect(await desktop.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(values.payments)
  })

  it('stores a value that is piped in, after an approval in a prompt that shows its name and the program', async () => {
    const asked = terminal.type("printf 'synthetic-%s' value | latchkey add from-shell")
    const said = await answer('Store')
    for (const fact of ['from-shell', 'bash', folder]) expect(said).toContain(fact)
    expect(said).not.toContain('synthetic-value')
    expect(await asked).toEqual({ status: 0, shown: expect.stringContaining('Stored as from-shell in Stored values.\n') })
    expect((await terminal.type('latchkey list')).shown).toContain('from-shell')
  })

  it('says what it cannot find', async () => {
    expect(await terminal.type('latchkey get no-such-key')).toMatchObject({ status: 6 })
    expect(await terminal.type('latchkey get nobody@example.com/payments')).toMatchObject({ status: 6 })
  })

  it('withdraws its request when it is interrupted', async () => {
    const asked = terminal.type('timeout --foreground 600 latchkey copy ci') // after a withdrawal there is no prompt for a second
    const page = await promptWindow(desktop)
    await terminal.interrupt()
    expect(await asked).toMatchObject({ status: 130 })
    await expect.poll(() => page.isClosed()).toBe(true)
  })

  it('ends with a lock, and says that the app is locked', async () => {
    const asked = terminal.type('latchkey copy ci') // a key that was not denied, because that is not prompted for again for a while
    await promptWindow(desktop)
    const locked = lock(desktop)
    expect(await asked).toMatchObject({ status: 4, shown: expect.stringContaining('Latchkey is locked.') })
    // Whether the app is still restarting, or is running again.
    expect(await terminal.type('latchkey get payments')).toMatchObject({ status: 4, shown: expect.stringContaining('Latchkey is locked.') })
    await locked
    expect(await terminal.type('latchkey status')).toMatchObject({
      status: 4,
      shown: expect.stringContaining('closed: Latchkey is locked.'),
    })
    expect(await desktop.page.evaluate(() => window.latchkey.calls['app.retry'](null))).toMatchObject({ ok: true })
  })

  it('left the value only where it belongs', () => {
    const forms = Object.values(values).flatMap((value) => [value, Buffer.from(value).toString('base64').slice(0, 40)])
    const places = {
      output: desktop.output(),
      prompts: prompts.join('\n'),
      ...Object.fromEntries(filesBelow(desktop.profile).map((path) => [path, readFileSync(path, 'latin1')])),
    }
    for (const [place, text] of Object.entries(places)) for (const form of forms) expect(text.includes(form), place).toBe(false)
    // Printed when it was requested, and not once more.
    expect(terminal.transcript.split(values.payments)).toHaveLength(2)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('latchkey-') && statSync(join(tmpdir(), name)).isFIFO())).toEqual([])
  })

  it('starts the app if it is not running, and calls it', async () => {
    await desktop.quit()
    expect(await terminal.type('latchkey list --no-start')).toMatchObject({
      status: 3,
      shown: expect.stringContaining('Latchkey is not running.'),
    })
    const { shown, status } = await terminal.type('latchkey list --references')
    expect(status).toBe(0)
    expect(shown.split('\n')).toContain('latchkey://This%20computer/payments')
    const app = (await lockHolder(desktop.profile, process.platform)) ?? 0
    process.kill(app, 'SIGTERM')
    await expect.poll(() => isAlive(app), { timeout: 20_000 }).toBe(false)
  }, 60_000)
})
