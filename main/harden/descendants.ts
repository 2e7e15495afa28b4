import { readdirSync, readFileSync } from 'node:fs'

/** All descendants of a process. The kernel lists children by thread. Linux only. */
export function descendants(pid: number | 'self' = 'self'): number[] {
  return threadsOf(pid).flatMap((thread) => {
    const children = readIfThere(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number)
    return children.flatMap((child) => [child, ...descendants(child)])
  })
}

function threadsOf(pid: number | 'self'): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return [] // it has ended
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
