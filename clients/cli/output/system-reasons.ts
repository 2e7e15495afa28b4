import { systemCode } from '../../../shared/system-error.ts'

/** Why a file could not be read or written, to follow the description of the failed operation. */
export function systemReason(error: unknown): string {
  return reasons[systemCode(error) ?? ''] ?? ''
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
  EFBIG: ': it is larger than a file may be here',
  EROFS: ': the disk is read-only',
  EPIPE: ': nobody reads it any more',
}
