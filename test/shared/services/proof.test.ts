import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../shared/services/catalogue.ts'
import type { ServiceId } from '../../../shared/services/catalogue.ts'
import type { ProofAnswer, ProofResult } from '../../../shared/services/proof.ts'
import { proofOf, proofRequest, readAnswer } from '../../../shared/services/proof.ts'
import type { Proof, Service } from '../../../shared/services/service.ts'
import { keysOf } from './samples.ts'

const seed = 20_261_130
const proofs = catalogue.flatMap(({ id, proof, keys }) =>
  [proof, ...keys.map((key) => key.proof)].flatMap((one) => (one === null || one === undefined ? [] : [{ id, proof: one }])),
)

function service(id: ServiceId): Service {
  const found = catalogue.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no service ${id}`)
  return found
}

/** A key of the first of the service's formats that has `begin`. */
function keyOf(id: ServiceId, begin = ''): string {
  const key = service(id).keys.find(({ format }) => format.includes(begin))
  if (key === undefined) throw new Error(`no key of ${id}`)
  return fc.sample(keysOf(key), { seed, numRuns: 1 })[0] ?? ''
}

function theProof(id: ServiceId, value = keyOf(id)): Proof {
  const proof = proofOf(service(id), value)
  if (proof === null) throw new Error(`no proof of ${id}`)
  return proof
}

describe('the proof of a key', () => {
  it('is the service’s, or the key’s own', () => {
    expect(theProof('anthropic', keyOf('anthropic', 'api03')).url).toBe('https://api.anthropic.com/v1/models')
    expect(theProof('anthropic', keyOf('anthropic', 'admin01')).url).toBe('https://api.anthropic.com/v1/organizations/me')
    expect(proofOf(service('github'), keyOf('github', 'ghr'))).toBeNull()
  })

  it('is none for what is no secret', () => {
    expect(proofOf(service('stripe'), keyOf('stripe', 'pk_'))).toBeNull()
    expect(proofOf(service('google'), keyOf('google', 'googleusercontent'))).toBeNull()
  })

  it('is the service’s for a key in a form that the catalogue does not know', () => {
    expect(proofOf(service('mistral'), 'abc')).toBe(service('mistral').proof)
    expect(proofOf(service('vercel'), 'abc')).toBe(service('vercel').proof)
    expect(proofOf(service('mistral'), 'a'.repeat(4_097))).toBeNull()
  })
})

describe('the request of a proof', () => {
  it('carries the key in a header', () => {
    const key = keyOf('github')
    expect(proofRequest(theProof('github'), key)).toEqual({
      method: 'GET',
      url: 'https://api.github.com/user',
      headers: { accept: 'application/vnd.github+json', 'user-agent': 'Latchkey', authorization: `Bearer ${key}` },
      body: null,
    })
    expect(proofRequest(theProof('deepl'), keyOf('deepl'))?.headers['authorization']).toBe(`DeepL-Auth-Key ${keyOf('deepl')}`)
  })

  it('carries the key as a user or as a password', () => {
    const decoded = (proof: Proof): string => atob((proofRequest(proof, 'k')?.headers['authorization'] ?? '').replace(/^Basic /, ''))
    expect(decoded(theProof('xendit'))).toBe('k:')
    expect(decoded({ ...theProof('xendit'), key: { in: 'basic-password', user: 'api' } })).toBe('api:k')
  })

  it('carries the key in the path where there is no other way', () => {
    const key = keyOf('telegram')
    const request = proofRequest(theProof('telegram'), key)
    expect(request?.url).toBe(`https://api.telegram.org/bot${key}/getMe`)
    expect(JSON.stringify(request?.headers)).not.toContain(key)
  })

  it('has a body if the service wants one', () => {
    expect(proofRequest(theProof('dropbox'), keyOf('dropbox'))).toMatchObject({ method: 'POST', body: 'null' })
    expect(JSON.parse(proofRequest(theProof('linear'), keyOf('linear'))?.body ?? '')).toEqual({ query: '{ viewer { email } }' })
  })

  it('is not made with a value that could change it', () => {
    for (const value of ['', 'a b', 'a\r\nx-evil: 1', 'a\n', '\u00e4', '\u{1f511}', '\0', 'a'.repeat(4_097)]) {
      for (const { proof } of proofs) expect(proofRequest(proof, value)).toBeNull()
    }
    for (const value of ['1:A/../../x', '1:A?x', '1:A#x', '1:A%2f', '$&', '{key}'])
      expect(proofRequest(theProof('telegram'), value)).toBeNull()
  })

  it('goes to the host of its proof, whatever the value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...proofs), fc.string({ maxLength: 60 }), ({ proof }, value) => {
        const request = proofRequest(proof, value)
        return request === null || new URL(request.url).host === new URL(proof.url).host
      }),
      { seed },
    )
  })
})

/** What each answer means. Facts of the service are what the right column says, not more. */
const answers: readonly [ServiceId, number, unknown, Partial<ProofResult>, Record<string, string>?][] = [
  [
    'github',
    200,
    { login: 'octo' },
    { verdict: 'works', owner: 'octo', scopes: ['repo', 'gist'], expiresAt: Date.UTC(2027, 0, 2, 3, 4, 5) },
    { 'x-oauth-scopes': 'repo, gist', 'github-authentication-token-expiration': '2027-01-02 03:04:05 UTC' },
  ],
  [
    'github',
    200,
    { login: 'octo' },
    { verdict: 'works', scopes: [], expiresAt: Date.UTC(2027, 0, 2, 2, 4, 5) },
    { 'x-oauth-scopes': '', 'github-authentication-token-expiration': '2027-01-02 03:04:05 +0100' },
  ],
  ['github', 200, { login: 'octo' }, { verdict: 'works', scopes: null, expiresAt: null }],
  ['github', 401, { message: 'Bad credentials' }, { verdict: 'refused', owner: null }],
  ['github', 403, { message: 'Resource not accessible' }, { verdict: 'limited' }],
  ['github', 403, '<html>blocked</html>', { verdict: 'unclear' }],
  ['openai', 401, { error: { code: 'invalid_api_key' } }, { verdict: 'refused' }],
  ['openai', 401, { error: { code: 'ip_not_authorized' } }, { verdict: 'unclear' }],
  ['groq', 403, '', { verdict: 'unclear' }],
  ['notion', 403, { code: 'restricted_resource' }, { verdict: 'limited' }],
  ['gitlab', 200, { scopes: ['api'], expires_at: '2027-01-02' }, { verdict: 'works', scopes: ['api'], expiresAt: Date.UTC(2027, 0, 2) }],
  ['slack', 200, { ok: true, user: 'bot' }, { verdict: 'works', owner: 'bot' }],
  ['slack', 200, { ok: false, error: 'token_revoked' }, { verdict: 'refused' }],
  ['slack', 200, { ok: false, error: 'ratelimited' }, { verdict: 'unclear' }],
  ['slack', 200, 'no JSON', { verdict: 'unclear' }],
  ['google', 400, { error: { details: [{ reason: 'API_KEY_INVALID' }] } }, { verdict: 'refused' }],
  ['google', 400, { error: { details: [] } }, { verdict: 'unclear' }],
  ['google', 403, { error: { status: 'PERMISSION_DENIED', details: [{ reason: 'SERVICE_DISABLED' }] } }, { verdict: 'limited' }],
  [
    'openrouter',
    200,
    { data: { creator_user_id: 'user_1', expires_at: '2027-12-31T23:59:59Z' } },
    { verdict: 'works', owner: 'user_1', expiresAt: Date.UTC(2027, 11, 31, 23, 59, 59) },
  ],
  ['elevenlabs', 401, { detail: { status: 'invalid_api_key' } }, { verdict: 'refused' }],
  ['elevenlabs', 401, { detail: { status: 'missing_permissions' } }, { verdict: 'limited' }],
  ['elevenlabs', 401, { detail: { status: 'something_new' } }, { verdict: 'unclear' }],
  ['deepl', 403, '', { verdict: 'refused' }],
  ['deepl', 456, '', { verdict: 'limited' }],
  [
    'cloudflare',
    200,
    { result: { status: 'active', expires_on: '2027-01-01T00:00:00Z' } },
    { verdict: 'works', expiresAt: Date.UTC(2027, 0, 1) },
  ],
  ['cloudflare', 200, { result: { status: 'expired' } }, { verdict: 'refused' }],
  ['vercel', 403, { error: { code: 'forbidden', invalidToken: true } }, { verdict: 'refused' }],
  ['vercel', 403, { error: { code: 'forbidden' } }, { verdict: 'limited' }],
  ['figma', 403, { status: 403, err: 'Invalid token' }, { verdict: 'refused' }],
  ['figma', 403, { status: 403, err: 'Invalid scope' }, { verdict: 'limited' }],
  ['paddle', 403, { error: { code: 'invalid_token' } }, { verdict: 'refused' }],
  ['paddle', 403, { error: { code: 'forbidden' } }, { verdict: 'limited' }],
  ['resend', 401, { name: 'restricted_api_key' }, { verdict: 'limited' }],
  ['resend', 403, { name: 'invalid_api_key' }, { verdict: 'refused' }],
  ['brevo', 401, { message: 'Key not found', code: 'unauthorized' }, { verdict: 'refused' }],
  ['brevo', 401, { message: 'unrecognised IP address', code: 'unauthorized' }, { verdict: 'unclear' }],
  ['linear', 200, { data: { viewer: { email: 'a@b.example' } } }, { verdict: 'works', owner: 'a@b.example' }],
  ['linear', 200, { data: null, errors: [{}] }, { verdict: 'unclear' }],
  ['linear', 401, { errors: [{ extensions: { code: 'AUTHENTICATION_ERROR' } }] }, { verdict: 'refused' }],
  ['dropbox', 401, { error: { '.tag': 'expired_access_token' } }, { verdict: 'refused' }],
  ['dropbox', 401, { error: { '.tag': 'missing_scope' } }, { verdict: 'limited' }],
  ['hubspot', 200, { portalId: 1234567 }, { verdict: 'works', owner: '1234567' }],
  ['render', 200, [{ owner: { email: 'a@b.example' } }], { verdict: 'works', owner: 'a@b.example' }],
  ['telegram', 200, { ok: true, result: { username: 'a_bot' } }, { verdict: 'works', owner: 'a_bot' }],
]

describe('an answer', () => {
  it.each(answers)('of %s with status %d and %j says %j', (id, status, body, expected, headers = {}) => {
    const answer = { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) }
    expect(readAnswer(theProof(id, service(id).keys.length > 0 ? keyOf(id) : 'k'), answer)).toMatchObject(expected)
  })

  it.each([0, 204, 301, 302, 307, 404, 429, 500, 502, 503])('with status %d says nothing about any key', (status) => {
    for (const { id, proof } of proofs) expect(readAnswer(proof, { status, headers: {}, body: '{}' }).verdict, id).toBe('unclear')
  })

  it('tells facts as text that is safe to show', () => {
    const [proof, headers] = [theProof('github'), { 'x-oauth-scopes': `${'a,'.repeat(1_000)}b` }]
    const owner = (login: unknown): string | null => readAnswer(proof, { status: 200, headers, body: JSON.stringify({ login }) }).owner
    expect(['a\u202eb\0\n', 'x'.repeat(500), ' ', {}, ['a'], true, null].map(owner)).toEqual([
      'ab',
      'x'.repeat(200),
      ...Array<null>(5).fill(null),
    ])
    expect(readAnswer(proof, { status: 200, headers, body: '{}' }).scopes).toHaveLength(100)
  })

  it('tells the time of expiry in any of the forms that services use', () => {
    const proof: Proof = { ...theProof('gitlab'), expires: 'at' }
    const time = (at: unknown): number | null => readAnswer(proof, { status: 200, headers: {}, body: JSON.stringify({ at }) }).expiresAt
    const moment = Date.UTC(2027, 0, 2)
    expect([moment, moment / 1_000, '2027-01-02', '2027-01-02T00:00:00Z', '2027-01-02 00:00:00 UTC'].map(time)).toEqual(
      Array(5).fill(moment),
    )
    expect([0, -1, '', 'never', null, {}, '9'.repeat(400)].map(time)).toEqual(Array(7).fill(null))
  })

  it('has no fields of objects that it does not hold itself', () => {
    for (const body of ['{"__proto__":{"login":"x"}}', '[]', 'null', '"text"', '{', '']) {
      expect(readAnswer({ ...theProof('github'), owner: 'constructor/name' }, { status: 200, headers: {}, body }).owner).toBeNull()
    }
  })

  it('never throws, and says works for no status of an error', () => {
    const answer: fc.Arbitrary<ProofAnswer> = fc.record({
      status: fc.integer({ min: 0, max: 999 }),
      headers: fc.dictionary(fc.constantFrom('x-oauth-scopes', 'x', '__proto__'), fc.string()),
      body: fc.oneof(fc.json(), fc.string({ unit: 'binary' })),
    })
    fc.assert(
      fc.property(fc.constantFrom(...proofs), answer, ({ proof }, one) => {
        const { verdict } = readAnswer(proof, one)
        return verdict !== 'works' || (one.status >= 200 && one.status < 300)
      }),
      { seed, numRuns: 2_000 },
    )
  })
})
