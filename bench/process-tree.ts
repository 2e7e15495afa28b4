import { readdirSync, readFileSync } from 'node:fs'

/** Proportional set size of a process and all its descendants, in MB (10^6 bytes): shared pages are divided among their users. */
export function treeMemory(pid: number): number {
  const kilobytes = [pid, ...descendants(pid)].map((one) => {
    const rollup = read(`/proc/${one}/smaps_rollup`)
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
  })
  return kilobytes.reduce((sum, one) => sum + one, 0) * 0.001_024
}

function descendants(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${name}/status`))?.[1]) === pid)
    .map(Number)
  return children.flatMap((child) => [child, ...descendants(child)])
}

/** A process may end between being listed and being read. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
