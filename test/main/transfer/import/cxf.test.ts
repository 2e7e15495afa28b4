import { describe, expect, it } from 'vitest'
import { codeRejected } from '../../vault/fixtures/refused.ts'
import { readFile } from './read-file.ts'

const item = (title: string, ...credentials: object[]) => ({ id: 'aQ', creationAt: 1, title, credentials })
const concealed = (value: string, label?: string) => ({ fieldType: 'concealed-string', value, label })
const plain = (value: string, label?: string) => ({ fieldType: 'string', value, label })

function exchanged(items: object[], major = 1): string {
  return JSON.stringify({
    ...{ version: { major, minor: 0 }, exporterRpId: 'exporter.example', exporterDisplayName: 'Exporter', timestamp: 1 },
    accounts: [{ id: 'YQ', username: 'ada', email: 'ada@example.com', collections: [], items }],
  })
}

describe('an imported file in the Credential Exchange Format', () => {
  it('gives API keys, passwords, private keys, notes and concealed fields, and names what it skips', async () => {
    const text = exchanged([
      item('Stripe', { type: 'api-key', key: concealed('sk_live'), username: plain('acct_1'), url: plain('https://api.stripe.com') }),
      item('GitHub', { type: 'basic-auth', username: plain('ada'), password: concealed('pw') }, { type: 'note', content: plain('codes') }),
      item('Both', { type: 'basic-auth', password: concealed('one') }, { type: 'api-key', key: concealed('two') }),
      item('Made', { type: 'generated-password', password: 'made' }),
      item('Office', { type: 'wifi', ssid: plain('office'), passphrase: concealed('wpa') }),
      item('Host', { type: 'ssh-key', keyType: 'ssh-ed25519', privateKey: Buffer.alloc(60, 0xfb).toString('base64url') }),
      item('Note', { type: 'note', content: plain('kept from sight') }),
      item('More', { type: 'custom-fields', fields: [concealed('s', 'secret'), plain('c', 'client'), concealed('', 'empty')] }),
      item('Beside', { type: 'totp', secret: 'A' }, { type: 'passkey' }, { type: 'file' }, { type: 'item-reference' }),
      item('Visa', { type: 'credit-card', number: concealed('4111') }),
      item('Later', { type: 'something-new', secret: 's' }),
      item('Nothing', { type: 'api-key' }),
      item('No credential'),
    ])
    const key = Buffer.alloc(60, 0xfb).toString('base64')
    expect(await readFile('export.json', text)).toEqual({
      format: 'cxf',
      found: [
        'Stripe = sk_live',
        'GitHub = pw',
        'Both basic-auth = one',
        'Both api-key = two',
        'Made = made',
        'Office = wpa',
        `Host = -----BEGIN PRIVATE KEY-----\n${key.slice(0, 64)}\n${key.slice(64)}\n-----END PRIVATE KEY-----\n`,
        'Note = kept from sight',
        'More secret = s',
      ],
      passed: [
        'GitHub: note',
        'More client: visible',
        'Beside: one-time-code',
        'Beside: passkey',
        'Beside: attachment',
        'Beside: reference',
        'Visa: other-kind',
        'Later: other-kind',
        'Nothing: empty',
        'No credential: empty',
      ],
    })
  })

  it('has items of one title told apart by their users', async () => {
    const login = (user: string) => item('AWS', { type: 'basic-auth', username: plain(user), password: concealed(user) })
    expect((await readFile('x.json', exchanged([login('ada'), login('bob')]))).found).toEqual(['AWS · ada = ada', 'AWS · bob = bob'])
  })

  it.each<[string, string, string]>([
    ['another major version', exchanged([], 2), 'import-unsupported'],
    ['no JSON', '{', 'import-invalid'],
    ['other JSON', '{"version":{"major":1},"accounts":{}}', 'import-invalid'],
    ['a known kind of another shape', exchanged([item('a', { type: 'api-key', key: 'sk_live' })]), 'import-invalid'],
    ['a credential without a kind', exchanged([item('a', { key: concealed('k') })]), 'import-invalid'],
    ['deep nesting', `{"accounts":${'['.repeat(1_000_000)}`, 'import-invalid'],
    [
      'more than a vault stores',
      exchanged(Array.from({ length: 1001 }, () => item('a', { type: 'api-key', key: concealed('k') }))),
      'stored-limit',
    ],
  ])('is refused with %s', async (_, text, code) => {
    expect(await codeRejected(readFile('x.json', text, 'cxf'))).toBe(code)
  })
})
