import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the keyring holds for a profile, read by a third-party program; null for absent items. @param profile its folder */
export function keyringItems(profile: string, names: readonly string[]): (string | null)[] {
  return access(
    'read',
    names.map((name) => `${idOf(profile)}/${name}`),
  )
}

/** What a user does who deletes an item in the desktop's own keyring window. */
export function removeFromKeyring(profile: string, name: string): void {
  access('remove', [`${idOf(profile)}/${name}`])
}

/** What a user does who edits an item there. */
export function editInKeyring(profile: string, name: string, value: string): void {
  access('edit', [`${idOf(profile)}/${name}`], value)
}

function idOf(profile: string): string {
  return (JSON.parse(readFileSync(join(profile, 'profile.json'), 'utf8')) as { id: string }).id
}

/** As the desktop's prompt does it. */
export function unlockKeyring(password: string): void {
  access('unlock', [password])
}

function access(act: 'read' | 'remove' | 'edit' | 'unlock', given: readonly string[], input = ''): (string | null)[] {
  const program = join(import.meta.dirname, 'keyring-access.mjs')
  return JSON.parse(execFileSync(process.execPath, [program, act, ...given], { encoding: 'utf8', input })) as (string | null)[]
}
