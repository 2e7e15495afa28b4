import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readEnv } from '../../../main/transfer/import/files/env.ts'
import type { Transfer } from '../../../main/transfer/transfer.ts'
import type { Account } from '../../../main/vault/model/account.ts'
import { signOut, switchAccount } from '../../../main/vault/accounts/sign-in.ts'
import { deleteKey } from '../../../main/vault/keys/key-operations.ts'
import { listKeys } from '../../../main/vault/keys/list-keys.ts'
import { setAccountLabel } from '../../../main/vault/accounts/set-account-label.ts'
import { release } from '../../../main/vault/release/release.ts'
import { Refusal } from '../../../main/vault/refusal.ts'
import { Secret } from '../../../main/vault/secret.ts'
import { storeValues } from '../../../main/vault/stored-values/stored-values.ts'
import { fullVault, otherComputer } from '../vault/fixtures/full-vault.ts'
import { localVaultWithKey, type VaultFixture } from '../vault/fixtures/vault.ts'
import { codeRejected } from '../vault/fixtures/refused.ts'
import { transferOf, ScriptedDialogs } from './transfer-of.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const passphrase = new Secret('four unrelated words here')
let folder: string
let dialogs: ScriptedDialogs
beforeEach(() => {
  folder = temporaryFolder('latchkey-transfer-')
  dialogs = new ScriptedDialogs()
})

describe('a plain export', () => {
  async function prepared(): Promise<{
    fixture: VaultFixture
    local: Account
    stored: Account
    transfer: Transfer
    value: string
    text: () => string
  }> {
    const { fixture, account, value } = await localVaultWithKey('ci-deploy')
    const stored = await storeValues(fixture.opened, [{ name: 'PEM', value: new Secret("it's\na key") }])
    dialogs.next = join(folder, 'out')
    return {
      fixture,
      local: account,
      stored,
      transfer: transferOf(() => fixture.now, dialogs),
      value,
      text: () => readFileSync(join(folder, 'out'), 'utf8'),
    }
  }
  const byName = (name: string) => ({ by: 'name', name }) as const

  it('waits, asks for the account’s name, and writes its values for this user alone', async () => {
    const { fixture, local, transfer, value, text } = await prepared()
    const asked = transfer.authorisation(fixture.opened, 'account')
    expect(asked).toEqual({ by: 'name', account: local.id, name: 'This computer', readyAt: fixture.now + 5000, keys: 1, without: 0 })
    const attempt = (name: string) => transfer.export(fixture.opened, { format: 'json', proof: byName(name) })
    expect(await codeRejected(attempt('This computer'))).toBe('export-too-soon')
    fixture.now += 5000
    expect(await codeRejected(attempt('this computer'))).toBe('name-mismatch')
    expect(existsSync(join(folder, 'out'))).toBe(false)
    expect(await attempt(' This computer ')).toEqual({ outcome: 'done', file: 'out', folder, values: 1, leftOut: [] })
    expect(JSON.parse(text())).toMatchObject({
      format: 'latchkey export',
      version: 1,
      keys: [{ account: 'This computer', name: 'ci-deploy', enabled: true, value }],
    })
    expect(statSync(join(folder, 'out')).mode & 0o777).toBe(0o600)
    expect(fixture.opened.cache.lines({ limit: 2 }).map(({ event, purpose, detail }) => [event, purpose, detail])).toEqual([
      ['exported', null, '1 json'],
      ['release', 'export', null],
    ])
  })

  it('is confirmed anew each time, and not by what was asked before a lock or long ago', async () => {
    const { fixture, transfer } = await prepared()
    const attempt = () => transfer.export(fixture.opened, { format: 'json', proof: byName('This computer') })
    expect(await codeRejected(attempt())).toBe('choice-expired')
    transfer.authorisation(fixture.opened, 'account')
    fixture.now += 6000
    await attempt()
    expect(await codeRejected(attempt())).toBe('choice-expired')
    transfer.authorisation(fixture.opened, 'account')
    transfer.lock()
    expect(await codeRejected(attempt())).toBe('choice-expired')
    transfer.authorisation(fixture.opened, 'account')
    fixture.now += 600_000
    expect(await codeRejected(attempt())).toBe('choice-expired')
  })

  it('is confirmed by the passphrase where there is one, and by nothing else then', async () => {
    const { fixture, local } = await prepared()
    const transfer = transferOf(() => fixture.now, dialogs, {
      hasPassphrase: () => true,
      provePassphrase: async (typed) => {
        if (!typed.equals(passphrase)) throw new Refusal('passphrase-wrong')
      },
    })
    expect(transfer.authorisation(fixture.opened, 'all')).toEqual({ by: 'passphrase', account: local.id, keys: 2, without: 0 })
    fixture.now += 6000
    expect(await codeRejected(transfer.export(fixture.opened, { format: 'env', proof: byName('This computer') }))).toBe('choice-expired')
    expect(
      await codeRejected(transfer.export(fixture.opened, { format: 'env', proof: { by: 'passphrase', passphrase: new Secret('wrong') } })),
    ).toBe('passphrase-wrong')
    expect(await transfer.export(fixture.opened, { format: 'env', proof: { by: 'passphrase', passphrase } })).toMatchObject({ values: 2 })
  })

  it('as .env is read again as what it was, every account’s values among them', async () => {
    const { fixture, transfer, value, text } = await prepared()
    transfer.authorisation(fixture.opened, 'all')
    fixture.now += 6000
    await transfer.export(fixture.opened, { format: 'env', proof: byName('This computer') })
    expect(readEnv(text()).found.map((one) => [one.name, one.value.expose()])).toEqual([
      ['ci_deploy', value],
      ['PEM', "it's\na key"],
    ])
  })

  // The accounts were worked out after the dialog: a sign-in that ended meanwhile had its values written under the name of another account.
  it('is of the values that were told of, whatever becomes of the accounts while a file is chosen', async () => {
    const { fixture, stored, transfer, value, text } = await prepared()
    const attempt = (scope: 'account' | 'all') => {
      const { keys } = transfer.authorisation(fixture.opened, scope)
      fixture.now += 6000
      return Promise.all([keys, transfer.export(fixture.opened, { format: 'json', proof: byName('This computer') })])
    }
    dialogs.meanwhile = () => switchAccount(fixture.opened, stored.id)
    expect(await attempt('account')).toEqual([1, { outcome: 'done', file: 'out', folder, values: 1, leftOut: [] }])
    expect(JSON.parse(text()).keys).toMatchObject([{ account: 'This computer', value }])
    dialogs.meanwhile = () => storeValues(fixture.opened, [{ name: 'LATER', value: new Secret('not told of') }])
    switchAccount(fixture.opened, fixture.opened.cache.accounts().find(({ method }) => method === 'local')?.id ?? '')
    expect(await attempt('all')).toMatchObject([2, { values: 2 }])
    expect(text()).not.toContain('not told of')
  })

  it('writes nothing when one of the values that were told of has gone meanwhile', async () => {
    const { fixture, local, transfer } = await prepared()
    const [key] = listKeys(fixture.opened, local.id).keys
    transfer.authorisation(fixture.opened, 'account')
    fixture.now += 6000
    dialogs.meanwhile = () => deleteKey(fixture.opened, local.id, key?.id ?? '', 'ci-deploy')
    expect(await codeRejected(transfer.export(fixture.opened, { format: 'json', proof: byName('This computer') }))).toBe('key-not-found')
    expect(readdirSync(folder)).toEqual([])
  })

  it('writes nothing when the dialog is closed, and leaves nothing where it cannot write', async () => {
    const { fixture, transfer } = await prepared()
    const attempt = () => {
      transfer.authorisation(fixture.opened, 'account')
      fixture.now += 6000
      return transfer.export(fixture.opened, { format: 'env', proof: byName('This computer') })
    }
    dialogs.next = null
    expect(await attempt()).toEqual({ outcome: 'cancelled' })
    expect(fixture.opened.cache.lines({ limit: 1 })[0]?.event).not.toBe('exported')
    dialogs.next = join(folder, 'missing', 'out')
    expect(await codeRejected(attempt())).toBe('file-unwritable')
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('an import', () => {
  async function chosen(text: string) {
    const { fixture, value } = await localVaultWithKey('ci')
    dialogs.next = join(folder, 'keys.env')
    writeFileSync(dialogs.next, text.replace('$CI', value))
    const transfer = transferOf(() => fixture.now, dialogs)
    const told = await transfer.chooseImport(fixture.opened, null)
    if (told.outcome !== 'chosen') throw new Error('nothing was chosen')
    return { fixture, transfer, told, value }
  }

  it('is shown by names before anything is stored, and stores what is chosen of it', async () => {
    const { fixture, transfer, told } = await chosen(
      'A=first-value-0123456789-0123456789\nB=$CI\nC=first-value-0123456789-0123456789\nnonsense\n',
    )
    expect(told).toEqual({
      ...{
        outcome: 'chosen',
        ticket: expect.stringMatching(/^[0-9a-f]{16}$/),
        file: 'keys.env',
        format: 'env',
        passed: [{ name: '4', why: 'unreadable' }],
      },
      entries: [
        { name: 'A', original: 'A', lastFour: '6789', same: null, repeated: false },
        { name: 'B', original: 'B', lastFour: expect.any(String), same: { name: 'ci', account: 'This computer' }, repeated: false },
        { name: 'C', original: 'C', lastFour: '6789', same: null, repeated: true },
      ],
    })
    expect(JSON.stringify(told)).not.toContain('first-value')
    expect(fixture.opened.cache.accounts()).toHaveLength(1)
    await transfer.import(fixture.opened, told.ticket, [0])
    const current = fixture.opened.cache.current() ?? ''
    expect(listKeys(fixture.opened, current).keys.map(({ name, value, verified }) => [name, value, verified])).toEqual([
      ['A', 'here', null],
    ])
    expect(await codeRejected(transfer.import(fixture.opened, told.ticket, [1]))).toBe('choice-expired')
  })

  // A PEM of 3.2 KB was refused as too long for a keychain that takes it, and a file from PowerShell as no text.
  it('takes a UTF-16 file, and values as long as the keychain in use takes', async () => {
    const { fixture, transfer } = await chosen('A=1')
    const pem = `-----BEGIN PRIVATE KEY-----\n${'abcd'.repeat(800)}\n-----END PRIVATE KEY-----`
    writeFileSync(join(folder, 'keys.env'), Buffer.from(`\ufeffPEM="${pem}"\r\nLONG=${'x'.repeat(16_385)}\r\n`, 'utf16le'))
    const told = await transfer.chooseImport(fixture.opened, 'env')
    if (told.outcome !== 'chosen') throw new Error('nothing was chosen')
    expect([told.entries.map(({ name }) => name), told.passed]).toEqual([['PEM'], [{ name: 'LONG', why: 'too-long' }]])
    await transfer.import(fixture.opened, told.ticket, [0])
    const account = fixture.opened.cache.current() ?? ''
    const [key] = listKeys(fixture.opened, account).keys
    expect((await release(fixture.opened, account, key?.id ?? '', { purpose: 'reveal' })).expose()).toBe(pem)
  })

  it('is stopped while it is stored, and can be stored then after all', async () => {
    const { fixture } = await chosen('A=first-value-0123456789-0123456789\nB=second-value-0123456789\n')
    let stops = true
    const transfer: Transfer = transferOf(() => fixture.now, dialogs, { progress: () => void (stops && transfer.stop()) })
    const again = await transfer.chooseImport(fixture.opened, 'env')
    if (again.outcome !== 'chosen') throw new Error('nothing was chosen')
    expect(await transfer.import(fixture.opened, again.ticket, [0, 1])).toEqual({ outcome: 'cancelled' })
    expect(fixture.opened.cache.accounts()).toHaveLength(1)
    stops = false
    expect(await transfer.import(fixture.opened, again.ticket, [0, 1])).toEqual({ outcome: 'done' })
    expect(listKeys(fixture.opened, fixture.opened.cache.current() ?? '').keys.map(({ name, value }) => [name, value])).toEqual([
      ['A', 'here'],
      ['B', 'here'],
    ])
  })

  it('is forgotten when it is told so, at a lock, after a while, and when another is chosen', async () => {
    const text = 'A=first-value-0123456789'
    for (const forget of ['forget', 'lock', 'wait', 'again'] as const) {
      const { fixture, transfer, told } = await chosen(text)
      if (forget === 'forget') transfer.forget(told.ticket)
      else if (forget === 'lock') transfer.lock()
      else if (forget === 'wait') fixture.now += 16 * 60 * 1000
      else await transfer.chooseImport(fixture.opened, 'env')
      expect(await codeRejected(transfer.import(fixture.opened, told.ticket, [0])), forget).toBe('choice-expired')
    }
  })

  it('takes no place that it does not have, and no file that is none', async () => {
    const { fixture, transfer, told } = await chosen('A=first-value-0123456789')
    expect(await codeRejected(transfer.import(fixture.opened, told.ticket, [7]))).toBe('input-invalid')
    writeFileSync(join(folder, 'keys.env'), Buffer.of(0xff, 0xfe, 0))
    expect(await codeRejected(transfer.chooseImport(fixture.opened, 'env'))).toBe('import-invalid')
    expect(await codeRejected(transfer.chooseImport(fixture.opened, 'bitwarden'))).toBe('import-invalid')
    expect(await codeRejected(transfer.chooseImport(fixture.opened, null))).toBe('import-unknown')
    rmSync(join(folder, 'keys.env'))
    expect(await codeRejected(transfer.chooseImport(fixture.opened, 'env'))).toBe('file-unreadable')
    dialogs.next = null
    expect(await transfer.chooseImport(fixture.opened, 'keepassxc')).toEqual({ outcome: 'cancelled' })
  })
})

describe('an import of a file with a passphrase', () => {
  const written = join(import.meta.dirname, 'import', 'files-of-programs', 'keepassxc-4.kdbx')
  const opensBy = new Secret('pässphrase of four words')

  async function chosen() {
    const { fixture } = await localVaultWithKey('ci')
    dialogs.next = written
    const transfer = transferOf(() => fixture.now, dialogs)
    const told = await transfer.chooseImport(fixture.opened, null)
    if (told.outcome !== 'locked') throw new Error('it was not locked')
    return { fixture, transfer, told }
  }

  it('shows nothing of it before the passphrase is right, and then its names', async () => {
    const { fixture, transfer, told } = await chosen()
    expect(told).toEqual({ ...told, file: 'keepassxc-4.kdbx', format: 'keepass' })
    expect(await codeRejected(transfer.import(fixture.opened, told.ticket, [0]))).toBe('choice-expired')
    expect(await codeRejected(transfer.openImport(fixture.opened, told.ticket, new Secret('another')))).toBe('passphrase-wrong')
    const opened = await transfer.openImport(fixture.opened, told.ticket, opensBy)
    expect(opened.entries.map(({ name }) => name)).toEqual(['Stripe', 'Stripe-webhook', 'AWS-Root-Work', 'AWS-Root-Home'])
    expect(JSON.stringify(opened)).not.toContain('sk_live')
    expect(await transfer.import(fixture.opened, opened.ticket, [1])).toEqual({ outcome: 'done' })
    expect(await codeRejected(transfer.openImport(fixture.opened, told.ticket, opensBy))).toBe('choice-expired')
  })

  it('is forgotten when it is told so, at a lock, after a while, and when another is chosen', async () => {
    for (const forget of ['forget', 'lock', 'wait', 'again'] as const) {
      const { fixture, transfer, told } = await chosen()
      if (forget === 'forget') transfer.forget(told.ticket)
      else if (forget === 'lock') transfer.lock()
      else if (forget === 'wait') fixture.now += 16 * 60 * 1000
      else await transfer.chooseImport(fixture.opened, null)
      expect(await codeRejected(transfer.openImport(fixture.opened, told.ticket, opensBy)), forget).toBe('choice-expired')
    }
  })

  it('gives nothing to a dialog that was closed, or a vault that was locked, while it is opened', async () => {
    for (const forget of ['forget', 'lock'] as const) {
      const { fixture, transfer, told } = await chosen()
      const opening = codeRejected(transfer.openImport(fixture.opened, told.ticket, opensBy))
      if (forget === 'forget') transfer.forget(told.ticket)
      else transfer.lock()
      expect(await opening, forget).toBe('choice-expired')
    }
  })
})

describe('a backup that a person chooses', () => {
  it('is stopped before there is a file, while values are read and after', async () => {
    const { fixture } = await fullVault()
    for (const most of [1, 3]) {
      const transfer: Transfer = transferOf(() => fixture.now, dialogs, {
        progress: ({ done, total }) => void (done === Math.min(most, total) && transfer.stop()),
      })
      dialogs.next = join(folder, 'mine.latchkey-backup')
      expect(await transfer.backUp(fixture.opened, passphrase)).toEqual({ outcome: 'cancelled' })
      expect(readdirSync(folder)).toEqual([])
    }
  })

  it('goes where they say, and comes back from there', async () => {
    const { fixture, local, remote } = await fullVault()
    await signOut(fixture.opened, local.id, true)
    const transfer = transferOf(() => fixture.now, dialogs)
    expect(await transfer.backUp(fixture.opened, passphrase)).toEqual({ outcome: 'cancelled' })
    dialogs.next = join(folder, 'mine.latchkey-backup')
    expect(await transfer.backUp(fixture.opened, passphrase)).toMatchObject({ outcome: 'done', file: 'mine.latchkey-backup', values: 3 })
    expect(dialogs.proposed[0]).toBe('latchkey-2023-11-14.latchkey-backup')
    const told = await transfer.chooseBackup()
    if (told.outcome !== 'chosen') throw new Error('nothing was chosen')
    expect(told).toMatchObject({ file: 'mine.latchkey-backup', at: fixture.now, bytes: statSync(dialogs.next).size })
    await setAccountLabel(fixture.opened, remote.id, { label: 'Other', colour: null })
    expect(await codeRejected(transfer.verifyBackup(fixture.opened, told.ticket, new Secret('not this passphrase')))).toBe(
      'passphrase-wrong',
    )
    const { parts } = await transfer.verifyBackup(fixture.opened, told.ticket, passphrase)
    expect(parts.find(({ part }) => part === 'accounts')).toMatchObject({ equal: 1, different: ['Other'] })
    expect(await codeRejected(transfer.restore(fixture.opened, told.ticket, passphrase))).toBe('vault-not-empty')
    const other = await otherComputer(fixture)
    await transfer.restore(other.opened, told.ticket, passphrase)
    expect(other.opened.cache.accounts().map(({ id }) => id)).toContain(remote.id)
    expect(await codeRejected(transfer.verifyBackup(other.opened, told.ticket, passphrase))).toBe('choice-expired')
  })
})
