import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FakeRefusal, listeningFakeApp } from '../../fake-app.ts'
import { latchkey, Started } from '../../command-line.ts'
import { type GitServer, startGitServer } from './git-server.ts'

const app = listeningFakeApp()
/** The addresses that the app was asked about. */
const asked = (): unknown[] => app.heard.flatMap((one) => (one as { input?: { url?: string } }).input?.url ?? [])

describe('latchkey git-credential', () => {
  const get = (input: string | Buffer) => app.run(['git-credential', 'get'], { input })
  beforeEach(() => {
    app.answers = { login: () => ({ value: 'ghp_0123' }) }
  })

  it('answers with the value of the key that belongs to the site', async () => {
    const answered = await get('capability[]=authtype\nprotocol=https\nhost=example.com:8443\npath=acme/a b.git\nwwwauth[]=Basic\n\n')
    expect(answered).toEqual({ status: 0, signal: null, stdout: 'username=x-token-auth\npassword=ghp_0123\n', stderr: '' })
    expect(asked()).toEqual(['https://example.com:8443/acme/a%20b.git'])
  })

  it('keeps the user name that git knows', async () => {
    expect((await get('protocol=https\nhost=example.com\nusername=ada')).stdout).toBe('username=ada\npassword=ghp_0123\n')
  })

  it('is silent about logins that are not made over HTTP, and about operations other than get', async () => {
    for (const input of ['protocol=smtp\nhost=example.com\n\n', 'protocol=cert\npath=/key.pem\n\n', 'host=example.com\n\n', '\n', ''])
      expect(await get(input)).toMatchObject({ status: 0, stdout: '', stderr: '' })
    for (const operation of ['store', 'erase', 'of-a-later-git']) {
      const told = await app.run(['git-credential', operation], { input: 'protocol=https\nhost=example.com\npassword=x\n\n' })
      expect(told).toMatchObject({ status: 0, stdout: '', stderr: '' })
    }
    expect(app.heard).toEqual([])
  })

  it.each([
    ['no line of a request', 'hello\n'],
    ['a host that is two', 'protocol=https\nhost=example.com/@evil.example\n'],
    ['a host with a user', 'protocol=https\nhost=ada@example.com\n'],
    ['a host with a line break of another system', 'protocol=https\nhost=example.com\r\n'],
    ['a NUL', 'protocol=https\nhost=exa\0mple.com\n'],
    ['bytes that are no UTF-8', Buffer.from([0x70, 0x3d, 0xff, 0x0a])],
    ['more than git writes', `protocol=https\nhost=${'a'.repeat(70_000)}\n`],
  ])('refuses %s, and asks nobody', async (_what, input) => {
    expect(await get(input)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('is no request of git') })
    expect(app.heard).toEqual([])
  })

  it('refuses a value that git would read as further fields', async () => {
    app.answers = { login: () => ({ value: 'one\nquit=1' }) }
    const refused = await get('protocol=https\nhost=example.com\n\n')
    expect(refused).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('has a line break') })
    expect(refused.stderr).not.toContain('one')
  })

  it('has git ask nobody else after its user said no, and somebody else while the vault is locked', async () => {
    app.answers = {
      login: () => {
        throw new FakeRefusal('approval-denied')
      },
    }
    expect(await get('protocol=https\nhost=example.com\n\n')).toMatchObject({ status: 5, stdout: 'quit=1\n' })
    app.answers = {
      login: () => {
        throw new FakeRefusal('locked')
      },
    }
    expect(await get('protocol=https\nhost=example.com\n\n')).toMatchObject({ status: 4, stdout: '' })
  })
})

describe('latchkey connect git', () => {
  const home = join(app.folder, 'home')
  const config = join(home, '.gitconfig')
  const system = join(home, 'system.gitconfig')
  const env = { HOME: home, GIT_CONFIG_SYSTEM: system, XDG_CONFIG_HOME: join(home, '.config'), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
  const kept = '[user]\n\tname = Ada\n[credential]\n\thelper = store\n'
  let server: GitServer
  beforeAll(async () => {
    mkdirSync(home)
    server = await startGitServer(() => 'ghp_0123')
  })
  afterAll(() => server.close())
  beforeEach(() => {
    app.answers = { login: () => ({ value: 'ghp_0123' }) }
    server.logins.length = 0
    writeFileSync(config, kept)
    writeFileSync(system, `[credential]\n\thelper = store --file=${join(home, 'of-the-system')}\n`)
  })

  const run = (...args: string[]) => app.run(args, { env })
  async function git(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
    const started = new Started('git', args, { env: { ...app.env, ...env }, cwd: home })
    started.child.stdin.end()
    return started.ended
  }

  it('has git log in with the value, and gives the value to no helper that would write it down', async () => {
    const said = await run('connect', 'git')
    expect(said).toMatchObject({ status: 0, stderr: '' })
    expect(said.stdout).toMatch(/not asked meanwhile.*: store\n/)
    expect(await git('ls-remote', server.repository)).toMatchObject({ status: 0, stdout: '' })
    expect(server.logins).toEqual([undefined, expect.stringMatching(/^Basic /)])
    expect(asked()).toEqual([server.origin])
    for (const written of ['.git-credentials', 'of-the-system']) expect(existsSync(join(home, written))).toBe(false)
  })

  it('adds one line to the configuration, once, and takes it back', async () => {
    expect((await run('connect', '--list')).stdout).toBe('git  not connected\n')
    await run('connect', 'git')
    await run('connect', 'git')
    expect((await run('connect', '--list')).stdout).toBe('git  connected\n')
    const added = readFileSync(config, 'utf8').slice(kept.length)
    expect(added).toMatch(/^\[include\]\n\tpath = \S+git-credentials\.config\n$/)
    expect((await run('disconnect', 'git')).stdout).toBe('git does not ask Latchkey any more.\n')
    expect(execFileSync('git', ['config', '--file', config, '--list'], { encoding: 'utf8' })).toBe(
      'user.name=Ada\ncredential.helper=store\n',
    )
    expect((await run('disconnect', 'git')).stdout).toBe('git was not connected.\n')
    expect((await run('connect', '--list')).stdout).toBe('git  not connected\n')
  })

  it('works from a folder whose name a shell would read otherwise', async () => {
    const folder = join(app.folder, `it's a $HOME; "folder"`)
    mkdirSync(folder)
    symlinkSync(latchkey, join(folder, 'latchkey'))
    const started = new Started(join(folder, 'latchkey'), ['connect', 'git'], { env: { ...app.env, ...env }, cwd: home })
    started.child.stdin.end()
    expect(await started.ended).toMatchObject({ status: 0, stderr: '' })
    expect(await git('ls-remote', server.repository)).toMatchObject({ status: 0 })
  })

  it('says that git is not there, or what git says of a configuration that it cannot read', async () => {
    expect(await app.run(['connect', 'git'], { env: { ...env, PATH: '/nowhere' } })).toMatchObject({
      status: 127,
      stderr: expect.stringContaining('There is no git here.'),
    })
    writeFileSync(config, '[torn\n')
    const refused = await run('connect', 'git')
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringMatching(/git refuses to change its configuration: .*bad config/) })
    expect(readFileSync(config, 'utf8')).toBe('[torn\n')
  })
})
