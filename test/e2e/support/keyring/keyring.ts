import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the keyring itself holds for a profile, asked of it by a program not ours; null for what it does not have. @param profile its folder */
export function keyringItems(profile: string, names: readonly string[]): (string | null)[] {
  return access(
    'read',
    names.map((name) => `${idOf(profile)}/${name}`),
  )
}

/** What somebody does who tidies up in the desktop's own window on the keyring. */
export function removeFromKeyring(profile: string, name: string): void {
  access('remove', [`${idOf(profile)}/${name}`])
}

/** What somebody does who edits an item there. */
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
