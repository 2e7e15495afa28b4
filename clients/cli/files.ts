import { readFileSync } from 'node:fs'
import { createFile, writeFileAtomic } from '../../shared/files/atomic-file.ts'
import { systemCode } from '../../shared/system-error.ts'
import { usage } from './fault.ts'

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
 * A file for this user alone. Made anew, so that it has no other name by which others could read it, and a link is not followed.
 * @param replace whether one that is there may go. @throws Fault
 */
export function writeNewFile(path: string, bytes: Buffer, replace: boolean): void {
  try {
    if (replace) writeFileAtomic(path, bytes, 'chosen')
    else createFile(path, bytes)
  } catch (error) {
    throw usage(`${path} cannot be written${reason(error)}.`, systemCode(error) === 'EEXIST' ? 'Give --force to replace it.' : null)
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: ': it is not there',
  EACCES: ': you may not',
  EPERM: ': you may not',
  EEXIST: ': it is there already',
  EISDIR: ': it is a folder',
  ENOTDIR: ': its folder is a file',
  ENOSPC: ': the disk is full',
  EDQUOT: ': your share of the disk is full',
  EROFS: ': the disk is read-only',
}

function reason(error: unknown): string {
  return reasons[systemCode(error) ?? ''] ?? ''
}
