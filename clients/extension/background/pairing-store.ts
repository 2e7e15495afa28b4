import type { PairingKeys } from '../../shared/secure-session/handshake.ts'

/**
 * The pairing is stored in IndexedDB, the only storage of a browser that stores a key without its bytes. The private key is not
 * extractable, so that neither this nor any other script can read it.
 */
const database = 'latchkey'
const store = 'pairing'
const only = 'this-browser'

export async function loadPairing(): Promise<PairingKeys | null> {
  const kept = await inStore('readonly', (pairings) => pairings.get(only))
  return (kept as PairingKeys | undefined) ?? null
}

export async function savePairing(keys: PairingKeys): Promise<void> {
  await inStore('readwrite', (pairings) => pairings.put(keys, only))
}

async function inStore(mode: IDBTransactionMode, work: (pairings: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open(database, 1)
  opening.onupgradeneeded = () => void opening.result.createObjectStore(store)
  const open = (await settled(opening)) as IDBDatabase
  try {
    const transaction = open.transaction(store, mode)
    const request = work(transaction.objectStore(store))
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    return request.result as unknown
  } finally {
    open.close()
  }
}

function settled(request: IDBRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
