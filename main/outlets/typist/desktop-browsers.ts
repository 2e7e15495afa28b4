import { readdir, readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileNameOf } from './browsers.ts'

const maxEntryBytes = 256 * 1024
/** Programs that start any other program, whose names identify no browser. */
const launcherPrograms = /^(env|(ba|da)?sh|flatpak|snap|python[\d.]*|electron\d*|java)$/

/**
 * The names of the browsers that this desktop lists, in lower case: from desktop entries of the category `WebBrowser`, their id, their
 * program and their windows' class. Entries that cannot be read are skipped.
 */
export async function desktopBrowsers(environment: NodeJS.ProcessEnv): Promise<ReadonlySet<string>> {
  const own = environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share')
  const all = (environment['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share').split(':')
  const names = await Promise.all([own, ...all].map((folder) => namesIn(join(folder, 'applications'))))
  return new Set(names.flat())
}

async function namesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => []) // not every folder exists
  const names: string[] = []
  for (const file of files.filter((name) => name.endsWith('.desktop'))) {
    const entry = await read(join(folder, file)).catch(() => '')
    if (valueOf(entry, 'Categories').split(';').includes('WebBrowser')) names.push(file.slice(0, -'.desktop'.length), ...namesOf(entry))
  }
  return names.map(fileNameOf).filter((name) => name !== '')
}

async function read(path: string): Promise<string> {
  const { size } = await stat(path).then((found) => (found.isFile() ? found : { size: Infinity })) // reading a pipe could block for ever
  return size > maxEntryBytes ? '' : readFile(path, 'utf8')
}

function namesOf(entry: string): string[] {
  const words = valueOf(entry, 'Exec')
    .split(/\s+/)
    .map((part) => part.replaceAll('"', ''))
  const program = words.find((part) => fileNameOf(part) !== 'env' && !part.includes('=')) ?? ''
  return [valueOf(entry, 'StartupWMClass'), ...(launcherPrograms.test(fileNameOf(program)) ? [] : [program])]
}

/** @returns the first value of a key, because groups for further actions come later; '' if the key is missing */
function valueOf(entry: string, key: string): string {
  return new RegExp(`^${key}[ \\t]*=[ \\t]*(.*)$`, 'm').exec(entry)?.[1]?.trim() ?? ''
}
