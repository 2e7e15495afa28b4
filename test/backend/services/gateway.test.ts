import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, request, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listen } from '../../../backend/serving/listener.ts'
import { findProgram } from '../../../scripts/process/program.mjs'
import { checkout } from '../../../scripts/set-up/checkout.mjs'
import { temporaryFolder } from '../../temporary-folder.ts'
import { expectRefusal, type Answered } from '../opened.ts'
import { addService, openServed, removeService, serviceUrl } from './service.ts'

const url = `${serviceUrl}/api_keys/authorize`

describe('the check for a proxy', () => {
  test('answers a good key with 200, and whose it is in headers', async () => {
    const { client, credential, dataDir } = await openServed()
    const owner = await client.newUser()
    const { key, _id } = await client.createKey(owner, 'ci-deploy')
    const body = { scopes: ['deploy:write', 'logs:read'] }
    await client.send('PATCH', `${serviceUrl}/api_keys/${_id}`, { token: addService(dataDir, 'console', true), body })
    const gateway = { 'X-Service-Credential': credential }
    const ways: Record<string, string>[] = [{ Authorization: `Bearer ${key}` }, { authorization: `bearer  ${key}` }, { 'X-API-Key': key }]
    for (const method of ['GET', 'POST', 'DELETE', 'HEAD']) {
      for (const way of ways) {
        const answered = await client.send(method, url, { headers: { ...gateway, ...way } })
        expect([answered.status, answered.text]).toEqual([200, ''])
        const seen = ['x-key-id', 'x-key-user', 'x-key-name', 'x-key-scopes'].map((name) => answered.headers.get(name))
        expect(seen).toEqual([_id, owner.user_id, 'ci-deploy', 'deploy:write logs:read'])
      }
    }
  })

  test('answers no key, a bad one, a disabled one and one in another place alike with 401', async () => {
    const { client, credential } = await openServed()
    const owner = await client.newUser()
    const { key } = await client.createKey(owner, 'good')
    const disabled = await client.createKey(owner, 'disabled')
    await client.key(owner, 'PUT', `/${disabled._id}/disable`)
    const bad: Record<string, string>[] = [
      {},
      { Authorization: `Basic ${key}` },
      { Authorization: `Bearer ${disabled.key}` },
      { Authorization: 'Bearer x', 'X-API-Key': key },
      { 'X-API-Key': `${key} ` + key },
      { 'X-API-Key': '' },
    ]
    const answers: Answered[] = []
    for (const headers of bad) answers.push(await client.send('GET', url, { headers: { 'X-Service-Credential': credential, ...headers } }))
    for (const answered of answers) {
      expectRefusal(answered, 401, 'AuthError')
      expect([...answered.headers]).toEqual([...(answers[0]?.headers ?? [])])
    }
    expect(answers[0]?.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('answers a proxy without a right credential neither with 200 nor with 401', async () => {
    const { client, credential } = await openServed()
    const { key } = await client.createKey(await client.newUser(), 'k')
    const wrong: Record<string, string>[] = [{}, { 'X-Service-Credential': '' }, { 'X-Service-Credential': `${credential}x` }]
    for (const headers of wrong) {
      expectRefusal(await client.send('GET', url, { headers: { Authorization: `Bearer ${key}`, ...headers } }), 400, 'AuthError')
    }
    expectRefusal(await client.send('GET', url, { token: credential }), 400, 'AuthError')
  })
})

interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** nginx with the configuration of docs/team-server.md, between clients and a service that answers with the headers that it got. */
async function startProxy(): Promise<{ served: Awaited<ReturnType<typeof openServed>>; ask: (headers: object) => Promise<Answer> }> {
  const served = await openServed()
  const server = await listen(served.client.backend, { port: 0, host: '127.0.0.1', behindProxy: false })
  onTestFinished(() => server.close())
  const behind = createServer((incoming, outgoing) => outgoing.end(JSON.stringify(incoming.headers)))
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void behind.close())

  const documented = /```nginx\n(location \/ \{\n {4}auth_request[\s\S]*?)```/.exec(
    readFileSync(join(checkout, 'docs/team-server.md'), 'utf8'),
  )
  const locations = (documented?.[1] ?? '')
    .replace('http://127.0.0.1:9000', `http://127.0.0.1:${(behind.address() as AddressInfo).port}`)
    .replace('http://127.0.0.1:8080', server.url)
    .replace('app/my-team/', 'app/app-1/')
    .replace('lks_…', served.credential)
  const folder = temporaryFolder()
  const socket = join(folder, 'nginx.sock')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events {}
http { access_log off; ${temporary} server { listen unix:${socket}; ${locations} } }`,
  )
  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(nginx, 'close')
  let errors = ''
  nginx.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  onTestFinished(async () => {
    nginx.kill()
    await ended
  })
  const ask = (headers: object): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asked = request({ socketPath: socket, path: '/deployments', method: 'GET', headers: { host: 'x', ...headers } }, (answer) => {
        let body = ''
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()))
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body }))
      })
      asked.on('error', reject)
      asked.end()
    })
  await expect
    .poll(() =>
      ask({}).then(
        () => 'answers',
        () => errors,
      ),
    )
    .toBe('answers')
  return { served, ask }
}

describe.runIf(process.env['CI'] !== undefined || findProgram('nginx') !== null)('nginx, as the documentation configures it', () => {
  test('passes requests with a good key to the service, with whose it is and without the key', async () => {
    const { served, ask } = await startProxy()
    const owner = await served.client.newUser()
    const { key, _id } = await served.client.createKey(owner, 'ci-deploy')
    const forged = { 'X-Key-Id': 'forged', 'X-Key-User': 'forged', 'X-Key-Scopes': 'admin' }
    for (const credential of [{ Authorization: `Bearer ${key}` }, { 'X-API-Key': key }]) {
      const { status, body } = await ask({ ...credential, ...forged, 'X-Service-Credential': 'forged' })
      expect(status).toBe(200)
      const seen = JSON.parse(body) as Record<string, string>
      expect(seen).toMatchObject({ 'x-key-id': _id, 'x-key-user': owner.user_id })
      expect(body).not.toContain(key)
      expect(seen['x-key-scopes']).toBeUndefined()
    }
  })

  test('refuses requests without a good key, also right after it was disabled', async () => {
    const { served, ask } = await startProxy()
    const owner = await served.client.newUser()
    const { key, _id } = await served.client.createKey(owner, 'k')
    const status = async (headers: object) => (await ask(headers)).status
    expect([await status({}), await status({ Authorization: 'Bearer x' }), await status({ 'X-API-Key': key })]).toEqual([401, 401, 200])
    await served.client.key(owner, 'PUT', `/${_id}/disable`)
    expect(await status({ 'X-API-Key': key })).toBe(401)
  })

  test('answers 500 if its credential was removed, so that no client takes its key for a bad one', async () => {
    const { served, ask } = await startProxy()
    const { key } = await served.client.createKey(await served.client.newUser(), 'k')
    removeService(served.dataDir)
    expect((await ask({ 'X-API-Key': key })).status).toBe(500)
  })
})
