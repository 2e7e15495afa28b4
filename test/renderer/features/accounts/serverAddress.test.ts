import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressFault } from '../../../../renderer/features/accounts/serverAddress.ts'

describe('faultOfAddress', () => {
  it.each([
    'https://keys.example.com',
    'https://keys.example.com:8443/base',
    'https://keys.example.com/apps/latchkey/',
    ' https://keys.example.com ',
    'http://localhost:9090',
    'http://127.0.0.1:9090',
    'http://[::1]:9090',
  ])('accepts %j', (address) => {
    expect(addressFault(address)).toBeNull()
  })

  it.each(['', 'keys.example.com', 'https://', 'ftp://keys.example.com', 'javascript:alert(1)', 'file:///etc/passwd'])(
    'does not accept %j as a server’s URL',
    (address) => {
      expect(addressFault(address)).toBe('server-url-invalid')
    },
  )

  it.each([
    'https://ada:secret@keys.example.com',
    'https://keys.example.com/?token=1',
    'https://keys.example.com/#part',
    'https://keys.example.com/base?',
    'https://keys.example.com/a/../b',
    'https://keys.example.com/a/%2e%2e/b',
    'https://keys.example.com//a',
  ])('refuses parts that an address must not have: %j', (address) => {
    expect(addressFault(address)).toBe('server-url-invalid')
  })

  it.each(['http://keys.example.com', 'http://localhost.example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.5'])(
    'refuses plain http beyond this computer: %j',
    (address) => {
      expect(addressFault(address)).toBe('server-url-insecure')
    },
  )

  it('accepts any text as input, and never allows plain http to another host', () => {
    fc.assert(
      fc.property(fc.string(), fc.domain(), (text, host) => {
        addressFault(text)
        expect(addressFault(`http://${host}`)).toBe('server-url-insecure')
      }),
    )
  })
})
