import { createHash, createPublicKey } from 'node:crypto'
import { expect, it } from 'vitest'
import { chromiumId, chromiumKey, hostName } from '../../../../clients/shared/protocol/extension-ids.ts'

it('the Chromium id is the one that Chromium derives from the key', () => {
  const der = Buffer.from(chromiumKey, 'base64')
  expect(createPublicKey({ key: der, format: 'der', type: 'spki' }).asymmetricKeyType).toBe('rsa')
  const digits = createHash('sha256').update(der).digest('hex').slice(0, 32)
  expect(chromiumId).toBe([...digits].map((digit) => 'abcdefghijklmnop'.charAt(parseInt(digit, 16))).join(''))
})

it('the host’s name is valid in both Chromium and Firefox', () => {
  expect(hostName).toMatch(/^\w+(\.\w+)*$/) // Firefox: no dash; Chromium: lower case
  expect(hostName).toBe(hostName.toLowerCase())
})
