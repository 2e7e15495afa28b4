import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SignIn } from '../../../renderer/accounts/signIn.svelte.ts'

const server = { url: 'https://keys.example.com', appId: 'team-abcde' }

let signIn: ReturnType<typeof vi.fn>
let register: ReturnType<typeof vi.fn>

beforeEach(() => {
  signIn = vi.fn().mockResolvedValue({ ok: true, value: {} })
  register = vi.fn().mockResolvedValue({ ok: true, value: { outcome: 'confirm' } })
  vi.stubGlobal('window', { latchkey: { calls: { 'accounts.signIn': signIn, 'accounts.register': register } } })
})

afterEach(() => {
  vi.unstubAllGlobals()
})

function filled(facts: Partial<Pick<SignIn, 'way' | 'secret' | 'email' | 'url'>> = {}): SignIn {
  return Object.assign(new SignIn(), { ...server, email: 'ada@example.com', secret: ' pass word ', ...facts })
}

describe('signing in', () => {
  it('sends a password as it was typed, spaces and all, and forgets it', async () => {
    const form = filled({ email: ' ada@example.com ' })
    expect(await form.submit()).toBe(true)
    expect(signIn).toHaveBeenCalledExactlyOnceWith({
      server,
      credentials: { method: 'email', email: 'ada@example.com', password: ' pass word ' },
    })
    expect(form.secret).toBe('')
  })

  it.each([
    ['api-key', { method: 'api-key', value: 'pasted' }],
    ['custom-token', { method: 'custom-token', token: 'pasted' }],
    ['anonymous', { method: 'anonymous' }],
  ] as const)('by %s sends just what that way needs', async (way, credentials) => {
    await filled({ way, secret: ' pasted\n' }).submit()
    expect(signIn).toHaveBeenCalledExactlyOnceWith({ server, credentials })
  })

  it('keeps what was typed when it is refused, and says why', async () => {
    signIn.mockResolvedValue({ ok: false, code: 'wrong-credentials' })
    const form = filled()
    expect(await form.submit()).toBe(false)
    expect([form.refusal, form.secret, form.busy]).toEqual(['wrong-credentials', ' pass word ', false])
  })

  it('sends nothing to an address that is not safe', async () => {
    const form = filled({ url: 'http://keys.example.com' })
    expect(await form.submit()).toBe(false)
    expect(form.addressFault).toBe('server-url-insecure')
    expect(signIn).not.toHaveBeenCalled()
  })

  it('is sent once however often one presses', async () => {
    const form = filled()
    await Promise.all([form.submit(), form.submit()])
    expect(signIn).toHaveBeenCalledOnce()
  })

  it('goes back to signing in when the server wants the e-mail confirmed first', async () => {
    const form = filled({ way: 'register' })
    expect(await form.submit()).toBe(false)
    expect([form.confirming, form.way, form.secret, form.email]).toEqual([true, 'email', '', 'ada@example.com'])
  })
})
