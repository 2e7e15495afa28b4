import { beforeEach, describe, expect, it, vi } from 'vitest'
import { SignIn } from '../../../../renderer/features/accounts/signIn.svelte.ts'

const server = { url: 'https://keys.example.com', appId: 'team-abcde' }

let signIn: ReturnType<typeof vi.fn>
let register: ReturnType<typeof vi.fn>

beforeEach(() => {
  signIn = vi.fn().mockResolvedValue({ ok: true, value: {} })
  register = vi.fn().mockResolvedValue({ ok: true, value: { outcome: 'confirm' } })
  vi.stubGlobal('window', { latchkey: { calls: { 'accounts.signIn': signIn, 'accounts.register': register } } })
})

function filled(facts: Partial<Pick<SignIn, 'way' | 'secret' | 'email' | 'url'>> = {}): SignIn {
  return Object.assign(new SignIn(), { ...server, email: 'ada@example.com', secret: ' pass word ', ...facts })
}

describe('the sign-in form', () => {
  it('sends a password exactly as typed, including spaces, and drops it', async () => {
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
  ] as const)('by %s sends only what that method needs', async (way, credentials) => {
    await filled({ way, secret: ' pasted\n' }).submit()
    expect(signIn).toHaveBeenCalledExactlyOnceWith({ server, credentials })
  })

  it('keeps the typed text when it is refused, and shows why', async () => {
    signIn.mockResolvedValue({ ok: false, code: 'wrong-credentials' })
    const form = filled()
    expect(await form.submit()).toBe(false)
    expect([form.refusal, form.secret, form.busy]).toEqual(['wrong-credentials', ' pass word ', false])
  })

  it('sends nothing to an address that is not secure', async () => {
    const form = filled({ url: 'http://keys.example.com' })
    expect(await form.submit()).toBe(false)
    expect(form.addressFault).toBe('server-url-insecure')
    expect(signIn).not.toHaveBeenCalled()
  })

  it('submits once however often the button is pressed', async () => {
    const form = filled()
    await Promise.all([form.submit(), form.submit()])
    expect(signIn).toHaveBeenCalledOnce()
  })

  // Regression: a page told users to request a new link in the app, which had no way to do so.
  it('requests another mail and confirms the request', async () => {
    const sendMail = vi.fn().mockResolvedValue({ ok: true, value: null })
    signIn.mockResolvedValue({ ok: false, code: 'email-unconfirmed' })
    vi.stubGlobal('window', { latchkey: { calls: { 'accounts.signIn': signIn, 'accounts.sendMail': sendMail } } })
    const form = filled({ email: ' ada@example.com ' })
    await form.submit()
    await form.sendMail('confirm')
    expect(sendMail).toHaveBeenCalledExactlyOnceWith({ server, email: 'ada@example.com', purpose: 'confirm' })
    expect([form.mailed, form.refusal, form.secret]).toEqual(['ada@example.com', null, ' pass word '])
    sendMail.mockResolvedValue({ ok: false, code: 'mail-refused' })
    await form.sendMail('reset')
    expect([form.mailed, form.refusal, form.busy]).toEqual([null, 'mail-refused', false])
  })

  it('switches to sign-in when the server requires the e-mail to be confirmed first', async () => {
    const form = filled({ way: 'register' })
    expect(await form.submit()).toBe(false)
    expect([form.confirming, form.way, form.secret, form.email]).toEqual([true, 'email', '', 'ada@example.com'])
  })

  describe('the sign-in form with a stored key', () => {
    const stored = {
      accountId: '1'.repeat(16),
      id: 'a'.repeat(24),
      name: 'ci',
      account: 'ada',
      enabled: true,
      lastFour: null,
      server,
      same: true,
    }

    /** A form with stored keys to choose from. */
    async function offering(): Promise<SignIn> {
      const forServer = vi.fn().mockResolvedValue({ ok: true, value: { keys: [stored] } })
      vi.stubGlobal('window', { latchkey: { calls: { 'accounts.signIn': signIn, 'keys.forServer': forServer } } })
      const form = filled({ way: 'api-key', secret: '' })
      await form.stored.load(server.url, server.appId)
      return form
    }

    it("sends the key's id and not its value", async () => {
      const form = await offering()
      expect([form.fromStore, form.complete]).toEqual([true, false])
      form.stored.choose(stored)
      expect(await form.submit()).toBe(true)
      const credentials = { method: 'stored-key', accountId: stored.accountId, keyId: stored.id }
      expect(signIn).toHaveBeenCalledExactlyOnceWith({ server, credentials })
    })

    it('sends the pasted key if the user prefers to paste one', async () => {
      const form = await offering()
      form.stored.choose(stored)
      form.changeSource()
      expect([form.fromStore, form.complete]).toEqual([false, false])
      form.secret = ' pasted '
      await form.submit()
      expect(signIn).toHaveBeenCalledExactlyOnceWith({ server, credentials: { method: 'api-key', value: 'pasted' } })
    })

    it('clears the pasted key when the field is hidden', async () => {
      const form = await offering()
      form.changeSource()
      form.secret = 'pasted'
      form.changeSource()
      expect([form.secret, form.fromStore]).toEqual(['', true])
    })

    it('is not used by the other sign-in methods', async () => {
      const form = await offering()
      form.stored.choose(stored)
      form.way = 'custom-token'
      form.secret = 'token'
      await form.submit()
      expect(signIn).toHaveBeenCalledExactlyOnceWith({ server, credentials: { method: 'custom-token', token: 'token' } })
    })
  })
})
