import { createRequire, Module } from 'node:module'

/**
 * Loads the SDK without its own network transport, which `useTransport` replaces before the first request. That transport and its HTTP
 * client would take a third of the SDK's loading time, and 6 MB. To be called before the SDK is loaded.
 */
export function skipSdkTransport(): void {
  const require = createRequire(import.meta.url)
  const id = createRequire(require.resolve('realm')).resolve('realm-network-transport')
  const skipped = new Module(id)
  skipped.exports = { DefaultNetworkTransport: NoTransport }
  skipped.loaded = true
  require.cache[id] = skipped
}

interface Handler {
  onSuccess(response: { statusCode: number; headers: Record<string, string>; body: string }): void
}

/** Reaches no server. It does not throw, because an exception would pass through the SDK's native code. */
class NoTransport {
  fetchWithCallbacks(_request: unknown, handler: Handler): void {
    handler.onSuccess({ statusCode: 503, headers: {}, body: '' })
  }
}
