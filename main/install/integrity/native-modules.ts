import { resolve, sep } from 'node:path'
import { examineFile } from './verify-file.ts'
import type { Manifest } from './manifest.ts'
import type { DamagedInstall } from './damaged-install.ts'

/** What Node loads native code by. */
type Loader = Pick<NodeJS.Process, 'dlopen'>

/**
 * From here on native code is loaded only if it is a file of the manifest, unchanged: it is looked at when it is loaded, by whatever
 * package. Code in app.asar needs no such look, since nobody can put a file into it that the archive does not vouch for; native files lie
 * beside it.
 * @param folder the app's
 * @param refused hears of it before the load fails
 */
export function guardNatives(folder: string, manifest: Manifest, refused: (fault: DamagedInstall) => void, loader: Loader = process): void {
  const load = loader.dlopen
  loader.dlopen = (...args: Parameters<Loader['dlopen']>) => {
    // Packages ask for the file as if it were in the archive.
    const file = resolve(args[1]).replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
    const fault = examineFile(folder, manifest, file)
    if (fault !== null) {
      refused(fault)
      throw fault
    }
    Reflect.apply(load, loader, args)
  }
}
