import type { SqliteDatabase } from 'kysely'
import Database from 'libsql'

/** A SQLite file with the settings of Latchkey's store: a write is on the disk when it is answered. Statements are prepared once, as there. */
export function openStore(file: string): SqliteDatabase {
  const database = new Database(file)
  database.pragma('locking_mode = EXCLUSIVE')
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  const prepared = new Map<string, ReturnType<SqliteDatabase['prepare']>>()
  return {
    close: () => void database.close(),
    prepare(text) {
      const statement = prepared.get(text) ?? database.prepare(text)
      prepared.set(text, statement)
      return statement
    },
  }
}
