import { setTimeout as wait } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeRefusal, listeningFakeApp } from '../../fake-app.ts'

describe('latchkey add', () => {
  const app = listeningFakeApp()
  beforeEach(() => {
    app.answers = { add: ({ name }) => ({ account: 'Stored values', name }) }
  })
  const sent = () =>
    app.heard.filter((message) => (message as { call?: string }).call === 'add').map((message) => (message as { input: unknown }).input)

  it('sends what standard input has, with every line, and says where it is', async () => {
    const value = '-----BEGIN TEST KEY-----\nYWJj\n-----END TEST KEY-----\n'
    expect(await app.run(['add', 'deploy'], { input: value })).toMatchObject({
      status: 0,
      stdout: 'Stored as deploy in Stored values.\n',
      stderr: '',
    })
    expect(sent()).toEqual([{ name: 'deploy', value }])
  })

  it('reads a value from the terminal without showing it', async () => {
    const started = app.startInTerminal('add github')
    await started.says('Value of github: ')
    started.child.stdin.write('wrongx\x15ghp-synthetiC\x7fc\r')
    const { status, stdout } = await started.ended
    expect(status).toBe(0)
    expect(stdout).not.toMatch(/ghp|wrong/)
    expect(sent()).toEqual([{ name: 'github', value: 'ghp-synthetic' }])
  })

  // The first line of a pasted private key was stored, and the shell ran the others.
  it.each([
    ['at once', ['-----BEGIN TEST KEY-----\rYWJj\recho LEAKED\r']],
    ['in pieces, as over a network', ['-----BEGIN TEST KEY-----\r', 'YWJj\r', 'echo LEAKED\r']],
  ])('refuses several lines that are pasted %s, and leaves none of them to the shell', async (_, pieces) => {
    const started = app.startInShell('add github; echo "ended with $?"')
    await started.says('Value of github: ')
    for (const piece of pieces) {
      started.child.stdin.write(piece)
      await wait(20)
    }
    await started.says('ended with 2')
    started.child.stdin.write('exit\r')
    const { stdout } = await started.ended
    expect(stdout).toContain('The value has several lines.')
    expect(stdout).not.toMatch(/LEAKED|YWJj|BEGIN/)
    expect(app.heard).toEqual([])
  })

  it('refuses control characters, such as those of an arrow key', async () => {
    const started = app.startInTerminal('add github')
    await started.says('Value of github: ')
    started.child.stdin.write('abc\u001b[Dd\r')
    expect((await started.ended).status).toBe(2)
    expect(app.heard).toEqual([])
  })

  it('sends nothing after Ctrl+C, and ends by its signal', async () => {
    const started = app.startInTerminal('add github')
    await started.says('Value of github: ')
    started.child.stdin.write('half\x03')
    expect((await started.ended).status).toBe(130)
    expect(app.heard).toEqual([])
  })

  it.each([
    ['nothing', '', 'There is no value.'],
    ['white space', ' \n\n', 'There is no value.'],
    ['bytes that are not text', Buffer.from([0xff, 0xfe, 0x41]), 'The value is not text in UTF-8.'],
    ['more than Latchkey stores', 'x'.repeat(16_385), 'The value is too long.'],
  ])('refuses %s, before the app is asked', async (_, input, sentence) => {
    const { status, stdout, stderr } = await app.run(['add', 'github'], { input })
    expect([status, stdout, app.heard]).toEqual([2, '', []])
    expect(stderr).toContain(sentence)
  })

  it('takes no value as an argument, and needs a name', async () => {
    const surplus = await app.run(['add', 'github', 'ghp-synthetic'])
    expect(surplus.status).toBe(2)
    expect(surplus.stderr).not.toContain('ghp-synthetic')
    expect(await app.run(['add'], { input: 'x' })).toMatchObject({ status: 2 })
    expect(app.heard).toEqual([])
  })

  it.each([
    ['approval-denied', 5],
    ['name-taken', 1],
    ['locked', 4],
  ])('ends with a refusal of the app: %s', async (code, status) => {
    app.answers = {
      add: () => {
        throw new FakeRefusal(code)
      },
    }
    expect(await app.run(['add', 'github'], { input: 'x' })).toMatchObject({ status, stdout: '' })
  })
})
