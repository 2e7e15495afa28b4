import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, Migrator, SqliteDialect } from 'kysely'
import Database from 'libsql'
import { migrations } from '../../../backend/store/migrations.ts'

/** Makes the store of an older version: the one whose last migration is given. @returns its file's path */
export async function createOlderStore(dataDir: string, last: keyof typeof migrations): Promise<string> {
  const path = join(dataDir, 'backend.sqlite')
  closeSync(openSync(path, 'w', 0o600))
  const database = new Database(path)
  const db = new Kysely({ dialect: new SqliteDialect({ database }) })
  const older = Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= last))
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => older } }).migrateToLatest()
  if (error !== undefined) throw error
  await db.destroy()
  return path
}
