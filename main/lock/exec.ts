import { readdirSync } from 'node:fs'
import { load } from 'koffi'
import { endChromium } from '../harden/chromium-processes.ts'

const [setDescriptorFlags, closeOnExec] = [2, 1] // F_SETFD, FD_CLOEXEC

/**
 * Puts a program in the place of this process, which keeps its number, its terminal and whoever waits for it. Of its memory nothing
 * is left: the kernel takes it away before the program begins. The processes of the windows, of the network and of the graphics are
 * ended first, so that none of them outlives the lock by a moment.
 *
 * Linux. It comes back only if it failed, and the other processes are gone then.
 * @throws Error with the system's number for why
 */
export function replaceImage(program: string, words: readonly string[]): never {
  const library = load(null)
  const execute = library.func('int execv(const char *, const char **)') as (path: string, words: (string | null)[]) => number
  const control = library.func('int fcntl(int, int, int)') as (descriptor: number, what: number, flags: number) => number
  endChromium(library)
  // Chromium leaves its own open, and closes them where it starts a process itself. What they lead to may hold what was shown.
  for (const descriptor of readdirSync('/proc/self/fd').map(Number))
    if (descriptor > 2) control(descriptor, setDescriptorFlags, closeOnExec)
  execute(program, [...words, null])
  throw new Error('the system does not start the app again')
}
