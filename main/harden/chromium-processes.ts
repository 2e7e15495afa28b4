import { readFileSync } from 'node:fs'
import { descendants } from './descendants.ts'
import { orElse } from '../../shared/or-else.ts'

type LibraryHandle = ReturnType<typeof import('koffi').load>

/** Kills Chromium's processes, which have `--type=` on their command lines, and waits for those that are direct children. Linux only. */
export function endChromium(library: LibraryHandle): void {
  const wait = library.func('int waitpid(int, void *, int)') as (pid: number, status: null, options: number) => number
  const own = descendants().filter(isChromium)
  for (const pid of own) kill(pid)
  for (const pid of own) wait(pid, null, 0) // returns at once for a process that is no direct child
}

function isChromium(pid: number): boolean {
  return orElse(() => / --type=[a-z]/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')), false) // it has ended
}

function kill(pid: number): void {
  orElse(() => process.kill(pid, 'SIGKILL'), false) // it has ended
}
