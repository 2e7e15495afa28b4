import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkNewPassword } from '../../backend/auth/passwords.ts'
import { parseNewPassword } from '../../main/ipc/typed.ts'
import { contactAfter, isRetryable } from '../../main/vault/sync/connectivity.ts'
import { Refusal } from '../../main/vault/refusal.ts'
import { parseServer } from '../../main/vault/model/server.ts'
import { isLoopbackAddress } from '../../shared/loopback.ts'
import { networkTrouble } from '../../shared/lists/network-trouble.ts'
import { refusalCodes } from '../../shared/lists/refusal-codes.ts'
import { addressFault } from '../../renderer/features/accounts/serverAddress.ts'
import { isNetworkTrouble } from '../../renderer/features/keys/sync/connection.ts'
import { codeThrown } from '../main/vault/fixtures/refused.ts'

describe('lists that main and the window used to have separately', () => {
  // The window knew five of the nine: a redirect or a throttled answer was reported as the key's own failure.
  it('the window treats a refusal as network trouble exactly if main treats the server as unreachable', () => {
    const toMain = refusalCodes.filter((code) => contactAfter(new Refusal(code)) === 'failed')
    expect(refusalCodes.filter(isNetworkTrouble)).toEqual(toMain)
    expect(toMain).toHaveLength(9)
    expect(toMain.every((code) => isRetryable(new Refusal(code)))).toBe(true)
  })

  it('each refusal code is listed once, and those of network trouble in a list of their own', () => {
    expect(new Set(refusalCodes).size).toBe(refusalCodes.length)
    expect(networkTrouble.every((code) => refusalCodes.includes(code))).toBe(true)
    const text = readFileSync(new URL('../../shared/lists/refusal-codes.ts', import.meta.url), 'utf8')
    expect(networkTrouble.filter((code) => text.includes(`'${code}'`))).toEqual([])
  })

  // Regression: the kinds of news stood four times, the sign-in methods five times.
  it('no list of shared/lists is spelled out anywhere else', async () => {
    const files = (folder: string): URL[] =>
      readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|svelte)$/.test(file))
        .map((file) => new URL(`../../${folder}/${file}`, import.meta.url))
    const keyOf = (list: readonly unknown[]): string => [...new Set(list)].sort().join(' ')
    const modules = (await Promise.all(files('shared/lists').map(({ href }) => import(href)))) as object[]
    const lists = modules.flatMap((module) => Object.values(module) as unknown[]).filter((list) => Array.isArray(list) && list.length > 2)
    expect(lists.length).toBeGreaterThan(25)
    const known = new Set((lists as unknown[][]).map(keyOf))
    const spelledOut = ['main', 'preload', 'renderer', 'clients', 'backend'].flatMap(files).flatMap((file) => {
      const found = readFileSync(file, 'utf8').matchAll(/'[\w-]+'(?:\s*\|\s*'[\w-]+')+|\[\s*'[\w-]+'(?:,\s*'[\w-]+')*,?\s*\]/g)
      return [...found].map(([text]) => text).filter((text) => known.has(keyOf([...text.matchAll(/[\w-]+/g)].map(([item]) => item))))
    })
    expect(spelledOut).toEqual([])
  })

  // The backend had three spellings of its own: it warned of unencrypted text on 127.0.0.2, which crosses no network.
  it.each([
    ['127.0.0.1', true],
    ['127.0.0.2', true],
    ['localhost', true],
    ['::1', true],
    ['0:0:0:0:0:0:0:1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['192.168.0.7', false],
    ['keys.example.com', false],
    ['not an address', false],
  ])('a backend that listens on %s crosses no network: %s', (address, isHere) => {
    expect(isLoopbackAddress(address)).toBe(isHere)
  })

  it.each([
    ['http://localhost:8080', null],
    ['http://127.0.0.1', null],
    ['http://127.0.0.2:8080', null],
    ['http://[::1]:8080', null],
    ['http://128.0.0.1', 'server-url-insecure'],
    ['http://127.0.0.1.example.com', 'server-url-insecure'],
    ['http://localhost.example.com', 'server-url-insecure'],
  ])('the window and main agree whether %s is this computer', (url, fault) => {
    expect(addressFault(url)).toBe(fault)
    expect(fault === null ? parseServer(url, 'app').url : codeThrown(() => parseServer(url, 'app'))).toBe(fault ?? url)
  })

  // Main counted UTF-16 units: it refused a password of 65 emoji that the server accepts, and accepted one of three that it refuses.
  it.each([
    ['🗝'.repeat(3), false],
    ['🗝'.repeat(6), true],
    ['🗝'.repeat(128), true],
    ['🗝'.repeat(129), false],
    ['12345', false],
    ['x'.repeat(128), true],
  ])('main and backend agree whether %s may be a new password', (text, valid) => {
    expect(attempt(() => parseNewPassword(text))).toBe(valid)
    expect(attempt(() => checkNewPassword(text))).toBe(valid)
  })
})

function attempt(check: () => unknown): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}
