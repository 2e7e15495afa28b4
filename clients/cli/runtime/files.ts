import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync, writeSync } from 'node:fs'
import { createFile, writeFileAtomic } from '../../../shared/files/atomic-file.ts'
import { systemCode } from '../../../shared/system-error.ts'
import { Fault, usage } from '../output/fault.ts'
import { systemReason } from '../output/system-reasons.ts'

/** @throws Fault */
export function readInput(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw usage(`${path} cannot be read${systemReason(error)}.`)
  }
}

/** Read as a stream: the parent may have set standard input to non-blocking, where a synchronous read would fail. */
export async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/**
 * An existing pipe or device, such as `--out >(…)` names, is written to. Otherwise a new file is created.
 * @param replace whether an existing file may be replaced. @throws Fault
 */
export function writeOutput(path: string, bytes: Buffer, replace: boolean): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found !== undefined && isStream(found)) writeStream(path, bytes)
  else if (found?.isSocket() === true || found?.isBlockDevice() === true) throw usage(`${path} is neither a file nor a pipe.`)
  else writeNewFile(path, bytes, replace)
}

function isStream(found: Stats): boolean {
  return found.isFIFO() || found.isCharacterDevice()
}

/** Checked again by its handle, because the path may lead to another file by now. */
function writeStream(path: string, bytes: Buffer): void {
  let handle: number | null = null
  try {
    handle = openSync(path, constants.O_WRONLY | (constants.O_NOCTTY ?? 0))
    const found = fstatSync(handle)
    if (!isStream(found)) throw usage(`${path} cannot be written: it was replaced meanwhile.`)
    if (found.isFIFO() && found.uid !== process.getuid?.()) throw usage(`${path} cannot be written: it is another user's pipe.`)
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(writeSync(handle, rest))
  } catch (error) {
    throw error instanceof Fault ? error : usage(`${path} cannot be written${systemReason(error)}.`)
  } finally {
    if (handle !== null) closeSync(handle)
  }
}

/**
 * Writes a file that only this user can read. It is newly created, so that no hard link makes it readable to others, and a symbolic link is
 * not followed.
 * @param replace whether an existing file may be replaced. @throws Fault
 */
function writeNewFile(path: string, bytes: Buffer, replace: boolean): void {
  try {
    if (replace) writeFileAtomic(path, bytes, 'chosen')
    else createFile(path, bytes)
  } catch (error) {
    throw usage(`${path} cannot be written${systemReason(error)}.`, systemCode(error) === 'EEXIST' ? 'Give --force to replace it.' : null)
  }
}
