import { readdirSync } from 'node:fs'
import { load } from 'koffi'
import { endChromium } from '../harden/chromium-processes.ts'

const [setDescriptorFlags, closeOnExec] = [2, 1] // F_SETFD, FD_CLOEXEC

/**
 * Replaces this process by a program (execv). The process keeps its id, its terminal and its parent; the kernel frees its memory before the
 * program starts. Chromium's child processes are killed first, so that none of them outlives the lock.
 *
 * Linux only. It returns only by throwing; the child processes are gone then.
 * @throws Error if the system refuses
 */
export function replaceProcess(program: string, args: readonly string[]): never {
  const library = load(null)
  const execute = library.func('int execv(const char *, const char **)') as (path: string, args: (string | null)[]) => number
  const control = library.func('int fcntl(int, int, int)') as (descriptor: number, what: number, flags: number) => number
  endChromium(library)
  // The new program must not inherit Chromium's descriptors: the files and shared memory behind them may contain what was shown.
  for (const descriptor of readdirSync('/proc/self/fd').map(Number))
    if (descriptor > 2) control(descriptor, setDescriptorFlags, closeOnExec)
  execute(program, [...args, null])
  throw new Error('the system does not start the app again')
}
