import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Every file below a folder, without sockets, pipes and links. */
export function filesBelow(folder: string, { folders = false }: { folders?: boolean } = {}): string[] {
  const below = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path, { folders })
    return entry.isFile() ? [path] : []
  })
  return folders ? [folder, ...below] : below
}
