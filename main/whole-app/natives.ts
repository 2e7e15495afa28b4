import { relative, resolve, sep } from 'node:path'
import { digestNow } from './file-digest.ts'
import type { Manifest } from './manifest.ts'
import { NotWhole } from './not-whole.ts'

/** What Node loads native code by. */
type Loader = Pick<NodeJS.Process, 'dlopen'>

/**
 * From here on native code is loaded only if it is a file of the manifest, unchanged: it is looked at when it is loaded, by whatever
 * package. Code in app.asar needs no such look, since nobody can put a file into it that the archive does not vouch for; native files lie
 * beside it.
 * @param folder the app's
 * @param refused hears of it before the load fails
 */
export function guardNatives(folder: string, manifest: Manifest, refused: (fault: NotWhole) => void, loader: Loader = process): void {
  const load = loader.dlopen
  loader.dlopen = (...args: Parameters<Loader['dlopen']>) => {
    const fault = faultIn(folder, manifest, args[1])
    if (fault !== null) {
      refused(fault)
      throw fault
    }
    Reflect.apply(load, loader, args)
  }
}

function faultIn(folder: string, { files }: Manifest, path: string): NotWhole | null {
  // Packages ask for the file as if it were in the archive.
  const file = resolve(path).replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
  const name = relative(folder, file).replaceAll(sep, '/')
  const expected = Object.hasOwn(files, name) ? files[name] : undefined
  if (expected === undefined) return new NotWhole('added', name)
  try {
    return digestNow(file) === expected ? null : new NotWhole('changed', name)
  } catch {
    return new NotWhole('missing', name)
  }
}
