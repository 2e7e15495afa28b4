import { crc32 as zlibsCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32, passesChecksum } from '../../../shared/services/checksums.ts'

describe('CRC-32', () => {
  it('has the check value of its standard', () => {
    expect(crc32('123456789')).toBe(0xcbf43926)
    expect(crc32('')).toBe(0)
  })

  it('equals zlib’s', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary-ascii', maxLength: 400 }), (text) => crc32(text) === zlibsCrc32(text)))
  })
})

describe('a checksum', () => {
  // A token that its owner made, revoked and published to find out how GitHub pads the sum:
  // https://gist.github.com/coolaj86/eb8cddfd3e4251258712dfed03e1f86d
  const random = ['zQWBuTSOoRi4A9s', 'pHcVY5ncnsDkxkJ'].join('')

  it('is GitHub’s, with leading zeros', () => {
    expect(passesChecksum('crc32-base62', `ghp_${random}0mLq17`)).toBe(true)
    expect(passesChecksum('crc32-base62', `npm_${random}0mLq17`)).toBe(true)
    expect(passesChecksum('crc32-base62', `ghp_${random}0mLq18`)).toBe(false)
    expect(passesChecksum('crc32-base62', `ghp_${random}mLq170`)).toBe(false)
  })

  // The key in Grafana's own test: https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen_test.go
  it('is Grafana’s, least byte first', () => {
    const secret = `iNValIdinValiD${'invalid'.repeat(2)}inva`
    expect(passesChecksum('grafana', `glsa_${secret}_5b582697`)).toBe(true)
    expect(passesChecksum('grafana', `glsa_${secret}_9726585b`)).toBe(false)
  })

  it('is GitLab’s, over all that stands before it', () => {
    const before = `glpat-${'Ab9_'.repeat(8)}.01.0w`
    const sum = zlibsCrc32(before).toString(36).padStart(7, '0')
    expect(passesChecksum('gitlab-routable', before + sum)).toBe(true)
    expect(passesChecksum('gitlab-routable', before.replace('.01.', '.02.') + sum)).toBe(false)
  })

  it('never throws for a text that is not encoded', () => {
    for (const text of ['', '.', 'pk_test_', 'pk_test_%', '=.=.=', 'A'.repeat(4_096)]) {
      for (const name of ['crc32-base62', 'gitlab-routable', 'grafana', 'clerk-host', 'discord-id'] as const) {
        expect(passesChecksum(name, text), `${name} of ${text}`).toBe(false)
      }
    }
  })
})
