import { describe, expect, it } from 'vitest'
import { checkNewPassword } from '../../backend/auth/passwords.ts'
import { parseNewPassword } from '../../main/ipc/typed.ts'
import { contactAfter, mayBeAskedAgain } from '../../main/vault/contact.ts'
import { Refusal } from '../../main/vault/refusal.ts'
import { parseServer } from '../../main/vault/server.ts'
import { refusalCodes } from '../../shared/refusal-codes.ts'
import { faultOfAddress } from '../../renderer/accounts/serverAddress.ts'
import { isNetworkTrouble } from '../../renderer/keys/connection.ts'
import { codeThrown } from '../main/vault/refused.ts'

describe('lists that main and the window once had twice, and differently', () => {
  // The window knew five of the nine: a redirect or a throttled answer was told as the key's own failure.
  it('a refusal is network trouble to the window exactly where main takes the server for away', () => {
    const toMain = refusalCodes.filter((code) => contactAfter(new Refusal(code)) === 'failed')
    expect(refusalCodes.filter(isNetworkTrouble)).toEqual(toMain)
    expect(toMain).toHaveLength(9)
    expect(toMain.every((code) => mayBeAskedAgain(new Refusal(code)))).toBe(true)
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
    expect(faultOfAddress(url)).toBe(fault)
    expect(fault === null ? parseServer(url, 'app').url : codeThrown(() => parseServer(url, 'app'))).toBe(fault ?? url)
  })

  // Main counted UTF-16 units: it refused a password of 65 emoji that the server takes, and let one of three pass that it refuses.
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
