import { describe, expect, it } from 'vitest'
import { comparisonCode, commitmentTo, newNonce, openCommitment } from '../../../../clients/shared/secure-session/comparison.ts'
import { type Bytes, encode } from '../../../../clients/shared/secure-session/bytes.ts'
import { importPublic } from '../../../../clients/shared/secure-session/keys.ts'
import { faultOf, flipped } from './parties.ts'

/** Constant keys and nonces, so that the codes are constant too. */
const [extension, app, other] = [
  'BMO0AmTmuJbl_7E4OgCGBs-kbPlG5C3bLSx_iLM1cwP_lxI4s66Qj7p_iTUaG0qfFHsoMsi8qmCfuWVIAIpSHcA',
  'BMSjJLup48s68dgSsFE4CnStZFw1wsFzuudWgL5Vst_b5_cSN73V0cE5dTly8XCumlF3RKx1a7mO8BY1W5A7C-o',
  'BErQzxQa5E2Afjo0pFZF5E3HCRg5qJnRXZawvv4t-yuYIvW8Yi449lZVyORIHcH3likXW5C-8LJy1IkjWy7LvAQ',
] as const
const nonce = (byte: number): Bytes => new Uint8Array(32).fill(byte)

async function compared(): Promise<Parameters<typeof comparisonCode>[0]> {
  return {
    ...{ extensionKey: await importPublic(extension), appKey: await importPublic(app) },
    ...{ extensionNonce: nonce(1), appNonce: nonce(2) },
  }
}

describe('the pairing code', () => {
  it('is six digits, the same for the same keys and nonces', async () => {
    expect(await comparisonCode(await compared())).toBe('911302')
  })

  it('differs for every other key and nonce', async () => {
    const all = await compared()
    const otherKey = await importPublic(other)
    const codes = await Promise.all([
      comparisonCode(all),
      comparisonCode({ ...all, extensionKey: otherKey }),
      comparisonCode({ ...all, appKey: otherKey }),
      comparisonCode({ ...all, extensionNonce: nonce(3) }),
      comparisonCode({ ...all, appNonce: nonce(3) }),
      comparisonCode({ ...all, extensionKey: all.appKey, appKey: all.extensionKey }),
      comparisonCode({ ...all, extensionNonce: all.appNonce, appNonce: all.extensionNonce }),
    ])
    expect(new Set(codes).size).toBe(codes.length)
  })
})

describe('the commitment to a nonce', () => {
  it('opens to what was committed to, and reveals nothing of it', async () => {
    const [own, said] = [await importPublic(extension), newNonce()]
    const commitment = await commitmentTo('app', own, said)
    expect(commitment).not.toContain(encode(said).slice(0, 8))
    expect(await openCommitment('app', commitment, own, encode(said))).toEqual(said)
  })

  it('does not open to another nonce, another key, or a nonce of another length', async () => {
    const [own, said] = [await importPublic(extension), newNonce()]
    const commitment = await commitmentTo('app', own, said)
    expect(await faultOf(openCommitment('app', commitment, own, flipped(encode(said), 0)))).toBe('unproven')
    expect(await faultOf(openCommitment('app', commitment, await importPublic(other), encode(said)))).toBe('unproven')
    expect(await faultOf(openCommitment('app', commitment, own, encode(said.subarray(1))))).toBe('unproven')
  })

  it('of one side, reflected to it as the other’s, does not open', async () => {
    const [own, said] = [await importPublic(extension), newNonce()]
    expect(await faultOf(openCommitment('extension', await commitmentTo('app', own, said), own, encode(said)))).toBe('unproven')
  })
})
