/** The same user's account, used by plain HTTP: another computer, or a script. */
export interface Elsewhere {
  readonly keys: () => Promise<ServerKey[]>
  /** @returns the new key, with its value */
  readonly create: (name: string) => Promise<ServerKey & { key: string }>
  readonly enable: (name: string) => Promise<void>
  readonly disable: (name: string) => Promise<void>
  readonly remove: (name: string) => Promise<void>
}

export interface ServerKey {
  readonly _id: string
  readonly name: string
  readonly disabled: boolean
}

export interface Person {
  readonly email: string
  readonly password: string
}

export async function elsewhere(url: string, { email, password }: Person): Promise<Elsewhere> {
  const client = `${url}/api/client/v2.0`
  const login = `${client}/app/team/auth/providers/local-userpass/login`
  const credentials = JSON.stringify({ provider: 'local-userpass', username: email, password })
  const answered = await fetch(login, { method: 'POST', headers: { 'content-type': 'application/json' }, body: credentials })
  const { refresh_token } = (await answered.json()) as { refresh_token: string }

  async function ask(path: string, method: string, body?: object): Promise<unknown> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${refresh_token}` }
    const told = await fetch(`${client}/auth/api_keys${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    if (!told.ok) throw new Error(`the server answered ${told.status}`)
    return told.status === 204 ? null : told.json()
  }
  const keys = (): Promise<ServerKey[]> => ask('', 'GET') as Promise<ServerKey[]>
  const idOf = async (name: string): Promise<string> => {
    const key = (await keys()).find((one) => one.name === name)
    if (key === undefined) throw new Error(`the server has no key ${name}`)
    return key._id
  }
  return {
    keys,
    create: (name) => ask('', 'POST', { name }) as Promise<ServerKey & { key: string }>,
    enable: async (name) => void (await ask(`/${await idOf(name)}/enable`, 'PUT')),
    disable: async (name) => void (await ask(`/${await idOf(name)}/disable`, 'PUT')),
    remove: async (name) => void (await ask(`/${await idOf(name)}`, 'DELETE')),
  }
}
