import type { Place } from '../../../../clients/shared/protocol/browser.ts'
import { AppConnection } from '../../../../clients/shared/secure-session/app-connection.ts'
import type { PairingKeys } from '../../../../clients/shared/secure-session/handshake.ts'

/** Runs in a page of a real browser: the extension's end, with messages carried by the test. */
declare function toApp(text: string): void

let connection = connect()

function connect(): AppConnection {
  return new AppConnection({ post: (message) => toApp(JSON.stringify(message)), close: () => {} })
}

Object.assign(globalThis, {
  end: {
    hear: (text: string) => connection.hear(JSON.parse(text)),

    async pair(): Promise<{ code: string; extractable: boolean; exported: string }> {
      const comparison = await connection.pair()
      comparison.confirm()
      const keys = await comparison.done
      await keep(keys)
      const exported = await crypto.subtle.exportKey('jwk', keys.ours.privateKey).then(
        () => 'read',
        (error: Error) => error.name,
      )
      return { code: comparison.code, extractable: keys.ours.privateKey.extractable, exported }
    },

    async fill(place: Place): Promise<unknown> {
      connection = connect()
      await connection.open(await kept())
      const { keys } = await connection.call('offers', { place })
      return connection.call('fill', { place, ref: keys[0]?.ref ?? '' })
    },
  },
})

function keep(keys: PairingKeys): Promise<unknown> {
  return inStore('readwrite', (store) => store.put(keys, 'pairing'))
}

function kept(): Promise<PairingKeys> {
  return inStore('readonly', (store) => store.get('pairing')) as Promise<PairingKeys>
}

async function inStore(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open('end', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('kept')
  const database = (await done(opening)) as IDBDatabase
  return done(use(database.transaction('kept', mode).objectStore('kept')))
}

function done(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error(request.error?.name))
  })
}
