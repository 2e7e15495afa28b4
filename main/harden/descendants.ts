import { readdirSync, readFileSync } from 'node:fs'
import { orElse } from '../../shared/or-else.ts'

/** All descendants of a process. The kernel lists children by thread. Linux only. */
export function descendants(pid: number | 'self' = 'self'): number[] {
  return threadsOf(pid).flatMap((thread) => {
    const children = readIfThere(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number)
    return children.flatMap((child) => [child, ...descendants(child)])
  })
}

function threadsOf(pid: number | 'self'): string[] {
  return orElse(() => readdirSync(`/proc/${pid}/task`), []) // it has ended
}

function readIfThere(path: string): string {
  return orElse(() => readFileSync(path, 'latin1'), '')
}
