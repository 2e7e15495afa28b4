import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { orElse } from '../shared/or-else.ts'

/** Every file below a folder, without sockets, pipes and links. */
export function filesBelow(folder: string, { folders = false }: { folders?: boolean } = {}): string[] {
  const below = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path, { folders })
    return entry.isFile() ? [path] : []
  })
  return folders ? [folder, ...below] : below
}

/** A file's bytes as text; empty if it cannot be read: a process may end, or belong to somebody else, between being listed and being read. */
export function readIfThere(path: string): string {
  return orElse(() => readFileSync(path, 'latin1'), '')
}
