import { Kysely, Migrator, SqliteDialect, sql, type SqliteDatabase } from 'kysely'
import Database from 'libsql'
import { readFileSync, rmSync } from 'node:fs'
import { BackendFailure } from '../failure.ts'
import { prepareFolder } from './folder.ts'
import { migrations } from './migrations.ts'
import type { Schema, Store, Write } from './schema.ts'

/** The open store. Reads go through `store`; every write goes through one of the two transactions. */
export interface OpenStore {
  readonly store: Store
  /** A transaction that is on the disk when it resolves. */
  write<T>(work: (write: Write) => Promise<T>): Promise<T>
  /**
   * A transaction whose loss in a power cut harms nobody: a new session's row. It is atomic and in order as any other, and
   * on the disk with the next `write`; it only does not wait for the disk. Never for a revocation: a power cut would
   * bring the revoked session back.
   */
  writeSoon<T>(work: (write: Write) => Promise<T>): Promise<T>
  /**
   * The store as one whole file's bytes, as it is between two transactions. For a moment it is a file of its own in the data folder.
   * @throws BackendFailure `disk-full`
   */
  copy(): Promise<Buffer>
  close(): Promise<void>
}

/**
 * Opens the SQLite store of a data folder, made if it is not there, at the newest schema.
 * @throws BackendFailure `data-dir-unusable`, `store-in-use`, `store-unreadable`, `store-newer`
 */
export async function openDatabase(dataDir: string): Promise<OpenStore> {
  const file = prepareFolder(dataDir)
  const database = openFile(file)
  const store = new Kysely<Schema>({ dialect: new SqliteDialect({ database: cacheStatements(database) }) })
  try {
    await migrate(store)
  } catch (error) {
    release(database)
    throw error
  }
  return {
    store,
    write: (work) => store.transaction().execute(work),
    writeSoon: (work) =>
      store.connection().execute(async (connection) => {
        await sql`pragma synchronous = normal`.execute(connection)
        try {
          return await connection.transaction().execute(work)
        } finally {
          await sql`pragma synchronous = full`.execute(connection)
        }
      }),
    copy: () => store.connection().execute((connection) => copyOf(connection, `${file}.copy`)),
    close: () => store.destroy(),
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
    // Two processes over one store would throttle and revoke past one another: the second one is refused.
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
 * Closes the file so that it can be opened again at once. libsql lets go of a file only when the statements prepared on it
 * are collected, some time later; until then the exclusive lock would hold. So the lock is given up first: out of WAL,
 * which is the only state in which SQLite gives it up, and into a read, which is when it does.
 */
function release(database: InstanceType<typeof Database>): void {
  try {
    database.pragma('journal_mode = DELETE')
    database.pragma('locking_mode = NORMAL')
    database.prepare('select count(*) from sqlite_master').all()
  } finally {
    database.close() // also on a full disk, which keeps the file in WAL
  }
}

/** Prepares each statement once: preparing costs three times what running a look-up does. */
function cacheStatements(database: InstanceType<typeof Database>): SqliteDatabase {
  const prepared = new Map<string, ReturnType<SqliteDatabase['prepare']>>()
  return {
    close: () => release(database),
    prepare(text) {
      const known = prepared.get(text)
      if (known !== undefined) return known
      const statement = database.prepare(text)
      // All SQL is the backend's own, so there are few texts; the bound is for `in (?, ?, …)` lists of many lengths.
      if (prepared.size >= 200) prepared.clear()
      prepared.set(text, statement)
      return statement
    },
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
