import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A git server on this computer, which shows an empty repository to who has the value as the password. */
export interface GitServer {
  readonly origin: string
  readonly repository: string
  /** The `Authorization` of each request. */
  readonly logins: (string | undefined)[]
  close(): void
}

export async function startGitServer(value: () => string): Promise<GitServer> {
  const logins: (string | undefined)[] = []
  const server = createServer((request, response) => {
    const { authorization } = request.headers
    logins.push(authorization)
    if (authorization !== `Basic ${Buffer.from(`x-token-auth:${value()}`).toString('base64')}`) {
      return response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end()
    }
    return response
      .writeHead(200, { 'Content-Type': 'application/x-git-upload-pack-advertisement' })
      .end(`${line('# service=git-upload-pack\n')}0000${line(`${'0'.repeat(40)} capabilities^{}\0agent=test/1.0`)}0000`)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, repository: `${origin}/acme/app.git`, logins, close: () => server.close() }
}

/** In git's protocol, each line begins with its length. */
function line(text: string): string {
  return `${(text.length + 4).toString(16).padStart(4, '0')}${text}`
}
