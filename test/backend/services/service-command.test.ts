import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openBackend } from '../../../backend/backend.ts'
import { ArgumentError, readServiceArguments } from '../../../backend/serving/arguments.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { runServe, serve } from '../serving/served.ts'
import { addService, removeService } from './service.ts'

const file = 'service-credentials.json'

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

async function service(...args: string[]): Promise<Ended> {
  const program = runServe(['service', ...args])
  const status = await program.ended
  return { status, ...program.said }
}

/** A data folder with a store, which no server has open. */
async function closedStore(): Promise<string> {
  const dataDir = temporaryFolder()
  await (await openBackend({ dataDir, appId: 'app-1' })).close()
  return dataDir
}

function verify(url: string, credential: string): Promise<Response> {
  return fetch(`${url}/api/service/v1/app/app-1/api_keys/verify`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${credential}` },
    body: JSON.stringify({ key: 'A'.repeat(64) }),
  })
}

describe("the operator's command", () => {
  test('makes, lists and removes credentials of a server that runs, which needs no restart', async () => {
    const { url, dataDir, said } = await serve()
    const added = await service('add', 'gateway', '--data-dir', dataDir)
    expect(added).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^lks_[A-Za-z0-9_-]{43}\n$/),
      stderr: 'This credential is shown once: only its hash is stored.\n',
    })
    const credential = added.stdout.trim()
    const answered = await verify(url, credential)
    expect([answered.status, await answered.json()]).toEqual([200, { valid: false, cache_seconds: 5 }])

    const listed = await service('list', '--data-dir', dataDir)
    expect(listed).toMatchObject({ status: 0, stdout: expect.stringMatching(/^gateway\t\d{4}-\d\d-\d\dT[\d:.]+Z\n$/), stderr: '' })
    const stored = readFileSync(join(dataDir, file), 'utf8')
    for (const text of [stored, said.stderr, listed.stdout]) expect(text).not.toContain(credential.slice(4))
    expect(statSync(join(dataDir, file)).mode & 0o777).toBe(0o600)

    expect(await service('remove', 'gateway', '--data-dir', dataDir)).toMatchObject({ status: 0, stdout: '' })
    expect((await verify(url, credential)).status).toBe(401)
    expect((await service('list', '--data-dir', dataDir)).stdout).toBe('')
  })

  test('makes a service that may manage keys, and says so in the list', async () => {
    const dataDir = await closedStore()
    expect(await service('add', 'gateway', '--data-dir', dataDir)).toMatchObject({ status: 0 })
    expect(await service('add', 'console', '--may-manage', '--data-dir', dataDir)).toMatchObject({ status: 0 })
    const { stdout } = await service('list', '--data-dir', dataDir)
    expect(stdout).toMatch(/^gateway\t[^\t\n]+\nconsole\t[^\t\n]+\tmay manage\n$/)
  })

  test('refuses a taken and an unknown name, and the 51st service', async () => {
    const dataDir = await closedStore()
    for (let index = 0; index < 50; index += 1) addService(dataDir, `s${index}`)
    expect(() => addService(dataDir, 's7')).toThrow('There is a service of that name')
    expect(() => removeService(dataDir, 'unknown')).toThrow('There is no service of that name')
    expect(() => addService(dataDir, 'one-more')).toThrow('50 services, which is the maximum')
    removeService(dataDir, 's7')
    addService(dataDir, 's7')
  })

  test.each([
    [['add'], 'The name of a service is'],
    [['add', 'a b'], 'The name of a service is'],
    [['add', '../a'], 'The name of a service is'],
    [['add', 'a'.repeat(65)], 'The name of a service is'],
    [['remove'], 'The name of a service is'],
    [['add', 'a', 'b'], 'an argument too many'],
    [['list', 'a'], 'A service command is'],
    [['rename', 'a'], 'A service command is'],
    [[], 'A service command is'],
    [['add', 'a', '--port', '1'], 'Unknown option'],
    [['remove', 'a', '--may-manage'], '--may-manage is an option of service add'],
    [['list', '--may-manage'], '--may-manage is an option of service add'],
  ])('refuses %j with a sentence', (args, sentence) => {
    expect(() => readServiceArguments([...args, '--data-dir', 'd'])).toThrow(ArgumentError)
    expect(() => readServiceArguments([...args, '--data-dir', 'd'])).toThrow(sentence)
  })

  test('ends with status 2 if its arguments are wrong', async () => {
    const { status, stdout, stderr } = await service('add', 'gateway')
    expect([status, stdout, stderr]).toEqual([2, '', '--data-dir is required. Try --help.\n'])
  })

  test('refuses a folder without a store, so that a mistyped one is noticed, and creates nothing there', async () => {
    const dataDir = join(temporaryFolder(), 'typo')
    const { status, stdout, stderr } = await service('add', 'gateway', '--data-dir', dataDir)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('there is no store in the data folder')
    expect(existsSync(dataDir)).toBe(false)
  })

  test('is refused while another one changes the services, so that neither undoes the other', async () => {
    const dataDir = await closedStore()
    writeFileSync(join(dataDir, `${file}.lock`), '')
    expect(() => addService(dataDir)).toThrow('another command is changing the services')
    expect(existsSync(join(dataDir, file))).toBe(false)
    rmSync(join(dataDir, `${file}.lock`))
    addService(dataDir)
    expect(readdirSync(dataDir).filter((name) => name.startsWith(file))).toEqual([file])
  })
})

describe('the file of the services', () => {
  const damaged = [
    '',
    '{',
    '{"services":[{}]}',
    '{"services":[],"more":1}',
    '{"services":[{"name":"a b","createdAt":0,"credentialHash":""}]}',
  ]

  test.each(damaged)('that is damaged (%s) keeps the server from starting, with a sentence', async (content) => {
    const dataDir = await closedStore()
    writeFileSync(join(dataDir, file), content)
    await expect(openBackend({ dataDir, appId: 'app-1' })).rejects.toMatchObject({ code: 'services-unusable' })
  })

  test('that is damaged while the server runs lets no service in, and users notice nothing', async () => {
    const { url, dataDir, said } = await serve()
    const credential = (await service('add', 'gateway', '--data-dir', dataDir)).stdout.trim()
    expect((await verify(url, credential)).status).toBe(200)
    writeFileSync(join(dataDir, file), 'damaged')
    expect((await verify(url, credential)).status).toBe(500)
    expect((await verify(url, credential)).status).toBe(500)
    expect((await fetch(`${url}/api/client/v2.0/app/app-1/location`)).status).toBe(200)
    expect(said.stderr).not.toContain(credential)
    expect(said.stderr).not.toContain('damaged')
    expect(() => addService(dataDir)).toThrow('service-credentials.json in the data folder cannot be read')
  })
})
