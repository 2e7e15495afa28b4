import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { orElse } from '../../shared/or-else.ts'

/** Proportional set size of a process and all its descendants, in MB (10^6 bytes): shared pages are divided among their users. */
export function treeMemory(pid: number): number {
  const kilobytes = processTree(pid).map((one) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${one}/smaps_rollup`))?.[1] ?? 0))
  return kilobytes.reduce((sum, one) => sum + one, 0) * 0.001_024
}

/**
 * How often all threads of a process and its descendants wake up a second, on average over some seconds: Linux counts each time that a
 * thread has waited.
 */
export async function wakeUpsPerSecond(pid: number, seconds: number): Promise<number> {
  const before = waits(pid)
  await wait(seconds * 1000)
  const more = [...waits(pid)].map(([thread, count]) => count - (before.get(thread) ?? 0))
  return more.reduce((sum, one) => sum + one, 0) / seconds
}

/** The voluntary context switches of each thread so far. */
function waits(pid: number): Map<string, number> {
  const threads = processTree(pid).flatMap((one) => list(`/proc/${one}/task`).map((thread) => `/proc/${one}/task/${thread}/status`))
  return new Map(threads.map((path) => [path, Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(read(path))?.[1] ?? 0)]))
}

/** The process and all its descendants. */
function processTree(pid: number): number[] {
  const children = list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${name}/status`))?.[1]) === pid)
    .map(Number)
  return [pid, ...children.flatMap(processTree)]
}

/** A process may end before its threads are listed. */
function list(path: string): string[] {
  return orElse(() => readdirSync(path), [])
}

/** A process may end between being listed and being read. */
function read(path: string): string {
  return orElse(() => readFileSync(path, 'utf8'), '')
}
