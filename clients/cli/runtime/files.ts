import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync, writeSync } from 'node:fs'
import { createFile, writeFileAtomic } from '../../../shared/files/atomic-file.ts'
import { systemCode } from '../../../shared/system-error.ts'
import { Fault, usage } from '../output/fault.ts'
import { reason } from '../output/system-reasons.ts'

/** @throws Fault */
export function readInput(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw usage(`${path} cannot be read${reason(error)}.`)
  }
}

/** By its stream: who gave it to us may have made it one that cannot be waited for by reading. */
export async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/**
 * To a pipe or a device that is there, as `--out >(…)` names one, it is written; anything else becomes a new file.
 * @param replace whether a file that is there may go. @throws Fault
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

/** Looked at again by its handle: it may be another file by now. */
function writeStream(path: string, bytes: Buffer): void {
  let handle: number | null = null
  try {
    handle = openSync(path, constants.O_WRONLY | (constants.O_NOCTTY ?? 0))
    const found = fstatSync(handle)
    if (!isStream(found)) throw usage(`${path} cannot be written: it was replaced meanwhile.`)
    if (found.isFIFO() && found.uid !== process.getuid?.()) throw usage(`${path} cannot be written: it is another user's pipe.`)
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(writeSync(handle, rest))
  } catch (error) {
    throw error instanceof Fault ? error : usage(`${path} cannot be written${reason(error)}.`)
  } finally {
    if (handle !== null) closeSync(handle)
  }
}

/**
 * A file for this user alone. Made anew, so that it has no other name by which others could read it, and a link is not followed.
 * @param replace whether one that is there may go. @throws Fault
 */
function writeNewFile(path: string, bytes: Buffer, replace: boolean): void {
  try {
    if (replace) writeFileAtomic(path, bytes, 'chosen')
    else createFile(path, bytes)
  } catch (error) {
    throw usage(`${path} cannot be written${reason(error)}.`, systemCode(error) === 'EEXIST' ? 'Give --force to replace it.' : null)
  }
}
