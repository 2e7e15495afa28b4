export interface ToldKey {
  readonly id: string
  readonly name: string
  readonly enabled: boolean
}

/** The same user on another computer: plain HTTP, straight to the server, and therefore the reference for the server's state. */
export class Elsewhere {
  readonly #url: string
  readonly #appId: string
  #token = ''

  constructor(url: string, appId: string) {
    this.#url = `${url}/api/client/v2.0`
    this.#appId = appId
  }

  async signIn(username: string, password: string): Promise<void> {
    const { status, body } = await this.#send('POST', this.#provider('local-userpass'), { username, password })
    if (status !== 200) throw new Error(`the other computer could not sign in: ${status}`)
    this.#token = (body as { refresh_token: string }).refresh_token
  }

  async keys(): Promise<ToldKey[]> {
    const { body } = await this.#send('GET', '/auth/api_keys')
    return (body as { _id: string; name: string; disabled: boolean }[]).map(({ _id, name, disabled }) => ({
      id: _id,
      name,
      enabled: !disabled,
    }))
  }

  /** @returns null if the server refuses: the name is taken, or there are too many keys */
  async create(name: string): Promise<{ id: string; value: string } | null> {
    const { status, body } = await this.#send('POST', '/auth/api_keys', { name })
    if (status !== 201) return null
    const { _id: id, key: value } = body as { _id: string; key: string }
    return { id, value }
  }

  /** @returns whether the server did it */
  async change(id: string, change: 'enable' | 'disable' | 'delete'): Promise<boolean> {
    const path = `/auth/api_keys/${id}`
    const { status } = await (change === 'delete' ? this.#send('DELETE', path) : this.#send('PUT', `${path}/${change}`))
    return status < 300
  }

  /** Whether the server accepts a login with this value. */
  async opens(value: string): Promise<boolean> {
    return (await this.#send('POST', this.#provider('api-key'), { key: value })).status === 200
  }

  #provider(name: string): string {
    return `/app/${this.#appId}/auth/providers/${name}/login`
  }

  async #send(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }> {
    const headers = { 'content-type': 'application/json', ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }) }
    const response = await fetch(this.#url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }
}
