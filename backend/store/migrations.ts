import { sql, type Kysely, type Migration } from 'kysely'

/**
 * Append-only: a migration that was released is never edited. Written with Kysely's builder, with types that SQLite and PostgreSQL both
 * have.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '0010-first': { up: first },
  '0020-signing-key-apart': { up: signingKeyApart },
  '0030-enabled-keys': { up: enabledKeys },
  '0040-session-groups': { up: sessionGroups },
  '0050-key-details': { up: keyDetails },
}

async function first(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('instance')
    .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
    .addColumn('domain_id', 'text', (column) => column.notNull())
    .addColumn('signing_key', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('users')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    // The limit is also in the schema, so that no code path can exceed it.
    .addColumn('key_count', 'integer', (column) => column.notNull().check(sql`key_count between 0 and 20`))
    .execute()

  await db.schema
    .createTable('identities')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.references('users.id').onDelete('cascade'))
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('confirmed', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('identities_subject', ['provider', 'subject'])
    .execute()
  await db.schema.createIndex('identities_user').on('identities').column('user_id').execute()

  await db.schema
    .createTable('api_keys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value_hash', 'text', (column) => column.notNull().unique())
    .addColumn('disabled', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('api_keys_name', ['user_id', 'name'])
    .execute()

  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('refresh_hash', 'text', (column) => column.notNull().unique())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('identity_id', 'text', (column) => column.notNull())
    .addColumn('api_key_id', 'text', (column) => column.references('api_keys.id').onDelete('cascade'))
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('sessions_user').on('sessions').column('user_id').execute()
  await db.schema.createIndex('sessions_api_key').on('sessions').column('api_key_id').execute()
  await db.schema.createIndex('sessions_expiry').on('sessions').column('expires_at').execute()

  await db.schema
    .createTable('mail_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('identity_id', 'text', (column) => column.notNull().references('identities.id').onDelete('cascade'))
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('mail_tokens_identity').on('mail_tokens').column('identity_id').execute()
}

/** Earlier the signing key was in the store, and therefore in each copy of it. `secure_delete` overwrites the old content. */
async function signingKeyApart(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('instance').dropColumn('signing_key').execute()
}

/** An index of enabled keys only, for `services/key-check.ts`. */
async function enabledKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('api_keys_enabled')
    .on('api_keys')
    .column('value_hash')
    .where(sql`disabled`, '=', 0)
    .execute()
}

/**
 * Sessions get a group, and lose their references to user and key, by which a deletion would delete all of their rows at once. The rows are
 * copied, because SQLite removes no reference from a table.
 */
async function sessionGroups(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('session_groups')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('api_key_id', 'text')
    .addColumn('ended', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('grouped_sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('group_id', 'text', (column) => column.notNull().references('session_groups.id'))
    .addColumn('refresh_hash', 'text', (column) => column.notNull().unique())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('identity_id', 'text', (column) => column.notNull())
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  // Ids of users and keys are unique together, so they can be the ids of the first groups.
  await sql`insert into session_groups (id, user_id, api_key_id, ended)
    select distinct coalesce(api_key_id, user_id), user_id, api_key_id, 0 from sessions`.execute(db)
  await sql`insert into grouped_sessions (id, group_id, refresh_hash, provider, identity_id, device_id, created_at, expires_at)
    select id, coalesce(api_key_id, user_id), refresh_hash, provider, identity_id, device_id, created_at, expires_at
    from sessions`.execute(db)
  await db.schema.dropTable('sessions').execute()
  await db.schema.alterTable('grouped_sessions').renameTo('sessions').execute()
  await db.schema.createIndex('sessions_group').on('sessions').column('group_id').execute()
  await db.schema.createIndex('sessions_expiry').on('sessions').column('expires_at').execute()
  await db.schema.createIndex('session_groups_user').on('session_groups').columns(['user_id', 'ended']).execute()
  await db.schema
    .createIndex('session_groups_ended')
    .on('session_groups')
    .column('id')
    .where(sql`ended`, '=', 1)
    .execute()
  await db.schema.createIndex('mail_tokens_expiry').on('mail_tokens').column('expires_at').execute()
}

async function keyDetails(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('api_keys').addColumn('expires_at', 'bigint').execute()
  await db.schema
    .alterTable('api_keys')
    .addColumn('scopes', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await db.schema
    .alterTable('api_keys')
    .addColumn('metadata', 'text', (column) => column.notNull().defaultTo('{}'))
    .execute()
  await db.schema.alterTable('api_keys').addColumn('last_used_at', 'bigint').execute()
}
