import { readdir, readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileNameOf } from './browsers.ts'

/** Of a whole entry, with all its translations. */
const maxEntryBytes = 256 * 1024
/** What starts programs of any kind names none. */
const launcherPrograms = /^(env|(ba|da)?sh|flatpak|snap|python[\d.]*|electron\d*|java)$/

/**
 * By which names a window is known for one of the browsers that this desktop lists, in small letters: an entry (Desktop Entry
 * Specification) in the category `WebBrowser` has them as its id, its program and its windows' class.
 * @returns none of an entry that cannot be read
 */
export async function desktopBrowsers(environment: NodeJS.ProcessEnv): Promise<ReadonlySet<string>> {
  const own = environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share')
  const all = (environment['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':')
  const names = await Promise.all([own, ...all].map((folder) => namesIn(join(folder, 'applications'))))
  return new Set(names.flat())
}

async function namesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []) // not every one of them is there
  const names: string[] = []
  for (const file of files.filter((one) => one.endsWith('.desktop'))) {
    const entry = await read(join(folder, file)).catch(() => '')
    if (valueOf(entry, 'Categories').split(';').includes('WebBrowser')) names.push(file.slice(0, -'.desktop'.length), ...namesOf(entry))
  }
  return names.map(fileNameOf).filter((name) => name !== '')
}

async function read(path: string): Promise<string> {
  const { size } = await stat(path).then((found) => (found.isFile() ? found : { size: Infinity })) // a pipe would keep its reader for ever
  return size > maxEntryBytes ? '' : readFile(path, 'utf8')
}

function namesOf(entry: string): string[] {
  const words = valueOf(entry, 'Exec')
    .split(/\s+/)
    .map((part) => part.replaceAll('"', ''))
  const program = words.find((part) => fileNameOf(part) !== 'env' && !part.includes('=')) ?? ''
  return [valueOf(entry, 'StartupWMClass'), ...(launcherPrograms.test(fileNameOf(program)) ? [] : [program])]
}

/** @returns '' where the entry has none. Groups for its further actions come after the first */
function valueOf(entry: string, key: string): string {
  return new RegExp(`^${key}[ \\t]*=[ \\t]*(.*)$`, 'm').exec(entry)?.[1]?.trim() ?? ''
}
