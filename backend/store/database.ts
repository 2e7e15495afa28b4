import { Kysely, Migrator, SqliteAdapter, SqliteDialect, sql, type SqliteDatabase } from 'kysely'
import Database from 'libsql'
import { readFileSync, rmSync } from 'node:fs'
import { BackendFailure } from '../failure.ts'
import { prepareFolder } from './folder.ts'
import { migrations } from './migrations.ts'
import type { Schema, Store, Write } from './schema.ts'

/** The open store. Reads use `store`; every write uses one of the two transactions. */
export interface OpenStore {
  readonly store: Store
  /** A transaction that is on the disk when it resolves. */
  write<T>(work: (write: Write) => Promise<T>): Promise<T>
  /**
   * A transaction that may be lost in a power cut without harm: a new session's row, or the deletion of rows that mean nothing any more. It is atomic and ordered like any other, and on the
   * disk with the next `write`; it only does not wait for the disk. Never use it for a revocation: a power cut would restore the revoked
   * session.
   */
  writeWithoutSync<T>(work: (write: Write) => Promise<T>): Promise<T>
  /**
   * Prepares a select of at most one row, by one parameter, that is run without the query builder: building a query costs more than such a
   * look-up. Like any other read it never sees a transaction that is not committed.
   */
  prepareRead<Row>(text: string): (parameter: string) => Promise<Row | undefined>
  /**
   * The bytes of the whole store file, between two transactions. Temporarily creates a second file in the data folder.
   * @throws BackendFailure `disk-full`
   */
  copy(): Promise<Buffer>
  close(): Promise<void>
}

/**
 * Opens the SQLite store of a data folder at the newest schema, and creates it if necessary.
 * @throws BackendFailure `data-dir-unusable`, `store-in-use`, `store-unreadable`, `store-newer`
 */
export async function openDatabase(dataDir: string): Promise<OpenStore> {
  const file = prepareFolder(dataDir)
  const database = openFile(file)
  const store = new Kysely<Schema>({ dialect: new Dialect({ database: cacheStatements(database) }) })
  try {
    await migrate(store)
  } catch (error) {
    release(database)
    throw error
  }
  let closed = false
  return {
    store,
    prepareRead<Row>(text: string) {
      const statement = database.prepare(text)
      // `all` and not `get`, which leaves the statement open, and with it an old snapshot of the store.
      const read = (parameter: string) => (statement.all([parameter]) as Row[])[0]
      return async (parameter) => {
        // libsql goes on to answer prepared statements of a closed file.
        if (closed) throw new Error('the store is closed')
        // There is one connection: within another's transaction, the statement would see what may be rolled back. So it waits for its turn.
        return database.inTransaction ? store.connection().execute(async () => read(parameter)) : read(parameter)
      }
    },
    write: (work) => store.transaction().execute(work),
    writeWithoutSync: (work) =>
      store.connection().execute(async (connection) => {
        await sql`pragma synchronous = normal`.execute(connection)
        try {
          return await connection.transaction().execute(work)
        } finally {
          await sql`pragma synchronous = full`.execute(connection)
        }
      }),
    copy: () => store.connection().execute((connection) => copyOf(connection, `${file}.copy`)),
    close() {
      closed = true
      return store.destroy()
    },
  }
}

async function copyOf(connection: Store, beside: string): Promise<Buffer> {
  rmSync(beside, { force: true }) // left by a process that was killed
  try {
    await sql`vacuum into ${beside}`.execute(connection)
    return readFileSync(beside)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (!/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) throw error
    throw new BackendFailure('disk-full', 'the disk has no room for a copy of the store', { cause: error })
  } finally {
    rmSync(beside, { force: true })
  }
}

function openFile(file: string): InstanceType<typeof Database> {
  let database
  try {
    database = new Database(file)
    // Two processes on one store would not see each other's throttling and revocations, so the second one is refused.
    database.pragma('busy_timeout = 1000')
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma('trusted_schema = OFF')
    database.pragma('secure_delete = ON')
    database.exec('BEGIN IMMEDIATE; COMMIT')
    return database
  } catch (error) {
    database?.close()
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code.startsWith('SQLITE_BUSY')) {
      throw new BackendFailure('store-in-use', 'another process has the data folder open', { cause: error })
    }
    throw new BackendFailure('store-unreadable', `the store in the data folder cannot be read (${code})`, { cause: error })
  }
}

/**
 * Closes the file so that it can be opened again at once. libsql closes a file only after its prepared statements were garbage-collected;
 * until then the exclusive lock would remain. So the lock is released first: SQLite releases it only outside WAL mode, at the next read.
 */
function release(database: InstanceType<typeof Database>): void {
  try {
    database.pragma('journal_mode = DELETE')
    database.pragma('locking_mode = NORMAL')
    database.prepare('select count(*) from sqlite_master').all()
  } finally {
    database.close() // also on a full disk, where the file stays in WAL mode
  }
}

/** Prepares each statement once: preparing costs three times as much as running a lookup. */
function cacheStatements(database: InstanceType<typeof Database>): SqliteDatabase {
  const prepared = new Map<string, ReturnType<SqliteDatabase['prepare']>>()
  return {
    close: () => release(database),
    prepare(text) {
      const known = prepared.get(text)
      if (known !== undefined) return known
      const statement = database.prepare(text)
      // All SQL is the backend's own, so there are few texts. The bound is for `in (?, ?, …)` lists of many lengths.
      if (prepared.size >= 200) prepared.clear()
      prepared.set(text, statement)
      return statement
    },
  }
}

/** Runs migrations in a transaction, so that an interrupted one leaves nothing. SQLite can; Kysely does not count on it. */
class Dialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new Adapter()
  }
}
class Adapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

async function migrate(store: Store): Promise<void> {
  const migrator = new Migrator({ db: store, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error, results } = await migrator.migrateToLatest()
  if (error === undefined) return
  if (results === undefined && error instanceof Error && /corrupted migrations/.test(error.message)) {
    throw new BackendFailure('store-newer', 'the store was made by a newer Latchkey', { cause: error })
  }
  throw new BackendFailure('store-unreadable', 'the store in the data folder could not be brought up to date', {
    cause: error,
  })
}
