import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { OsWithPassphrase } from '../../../../main/keychain/os-with-passphrase.ts'
import { minCost } from '../../../../main/keychain/passphrase/derivation.ts'
import { PassphraseKeychain } from '../../../../main/keychain/passphrase/passphrase-keychain.ts'
import type { Keychain } from '../../../../main/vault/ports/keychain.ts'
import { Secret } from '../../../../main/vault/secret.ts'
import { VaultFixture } from '../../vault/fixtures/vault.ts'

export const profileId = '0123456789abcdef'
export const passphrase = new Secret('correct horse battery staple')

const folder = mkdtempSync(join(tmpdir(), 'latchkey-passphrase-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A path in a folder that is removed after the test file. */
export function newPath(): string {
  return join(mkdtempSync(join(folder, 'profile-')), 'passphrase-vault')
}

/** A vault of the minimum cost, to keep tests fast. */
export function makeVault(path = newPath()): Promise<PassphraseKeychain> {
  return PassphraseKeychain.make({ path, profileId, passphrase, cost: minCost })
}

/** An OS keychain with a passphrase, over a given keychain. */
export function guardedOver(inner: Keychain, path = newPath()): Promise<OsWithPassphrase> {
  return OsWithPassphrase.make({ path, profileId, inner, passphrase, cost: minCost })
}

/** A vault fixture whose keychain has a passphrase on top. */
export async function guardedVault(): Promise<{ fixture: VaultFixture; keychain: OsWithPassphrase }> {
  const fixture = new VaultFixture()
  const keychain = await guardedOver(fixture.keychain)
  await fixture.restart({ keychain })
  return { fixture, keychain }
}

export function unlock(path: string, by = passphrase): Promise<PassphraseKeychain> {
  return PassphraseKeychain.unlock({ path, profileId, passphrase: by })
}

/** The content of a vault's file without its digest. */
export type Content = Record<string, unknown> & { derivation: Record<string, unknown>; key: string; body: string }

/** Changes a file like somebody who knows its format: the digest is updated. */
export function forge(path: string, change: (content: Content) => void): void {
  const content = JSON.parse(readFileSync(path, 'utf8').split('\n')[0] ?? '') as Content
  change(content)
  const line = JSON.stringify(content)
  writeFileSync(path, `${line}\n${createHash('sha256').update(line).digest('hex')}\n`)
}

/** The text with one bit of one byte changed. */
export function flipped(sealed: string, index: number): string {
  const bytes = Buffer.from(sealed, 'base64url')
  bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index)
  return bytes.toString('base64url')
}

export const noise = (length: number): string => randomBytes(length).toString('base64url')
