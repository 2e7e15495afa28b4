import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { skipSdkTransport } from '../../../main/realm/skip-sdk-transport.ts'

const require = createRequire(import.meta.url)

interface Sdk {
  _networkTransport: { fetchWithCallbacks(request: unknown, handler: { onSuccess(response: { statusCode: number }): void }): void }
}

describe('the SDK without its own network transport', () => {
  it('loads no HTTP client, and reaches no server until it is given a transport', () => {
    skipSdkTransport()
    const sdk = require('realm') as Sdk
    const loaded = Object.keys(require.cache).filter((path) => /node_modules\/(?:node-fetch|whatwg-url|tr46|abort-controller)\//.test(path))
    expect(loaded).toEqual([])
    const statuses: number[] = []
    const request = { method: 'GET', url: 'https://realm.mongodb.com/api/client/v2.0/app/any/location', headers: {} }
    sdk._networkTransport.fetchWithCallbacks(request, { onSuccess: ({ statusCode }) => statuses.push(statusCode) })
    expect(statuses).toEqual([503])
  })
})
