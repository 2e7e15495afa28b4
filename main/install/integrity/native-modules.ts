import { resolve, sep } from 'node:path'
import { verifyFile } from './verify-file.ts'
import type { Manifest } from './manifest.ts'
import type { DamagedInstall } from './damaged-install.ts'

/** The part of `process` by which Node loads native code. */
type Loader = Pick<NodeJS.Process, 'dlopen'>

/**
 * From here on, a native module is loaded only if it is an unchanged file of the manifest. It is verified at each load, whichever package
 * loads it. JavaScript in app.asar needs no such check, because the archive is verified as a whole; native modules lie beside it.
 * @param folder the app's folder
 * @param refused called before the load fails
 */
export function verifyNativeModules(
  folder: string,
  manifest: Manifest,
  refused: (fault: DamagedInstall) => void,
  loader: Loader = process,
): void {
  const load = loader.dlopen
  loader.dlopen = (...args: Parameters<Loader['dlopen']>) => {
    // Packages ask for the file as if it were in the archive.
    const file = resolve(args[1]).replace(`app.asar${sep}`, `app.asar.unpacked${sep}`)
    const fault = verifyFile(folder, manifest, file)
    if (fault !== null) {
      refused(fault)
      throw fault
    }
    Reflect.apply(load, loader, args)
  }
}
