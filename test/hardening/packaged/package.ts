import { once } from 'node:events'
import { closeSync, copyFileSync, existsSync, linkSync, lstatSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { discard, newProfile } from '../../e2e/support/app/desktop.ts'
import { packaged, type Started, startPackage } from '../subject.ts'
import { until } from '../../until.ts'
import { readIfThere } from '../../files.ts'

/** The package as users get it. */
export const executable = packaged ?? ''
export const resources = join(dirname(executable), 'resources')

/** Starts the package, waits until its code runs, and ends it. */
export async function whileItRuns<T>(
  work: (started: Started, profile: string) => T | Promise<T>,
  start: Parameters<typeof startPackage>[2] = {},
): Promise<T> {
  const profile = newProfile()
  const started = startPackage(executable, profile, start)
  try {
    await until(() => existsSync(join(profile, 'launch.json')))
    return await work(started, profile)
  } finally {
    await end(started)
    discard(profile)
  }
}

export async function end({ child }: Started): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** @returns its exit status and its output */
export async function untilEnded({ child, output }: Started): Promise<{ status: number | null; said: string }> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return { status: child.exitCode, said: output() }
}

/** A copy of the package that a test may tamper with. */
export class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), 'meddled-'))
  readonly executable = join(this.folder, 'app', basename(executable))
  readonly resources = join(this.folder, 'app', 'resources')

  constructor() {
    linkBelow(dirname(executable), join(this.folder, 'app'))
  }

  /** Makes a file of the copy a real copy, so that changing it leaves the package unchanged. */
  own(...path: string[]): string {
    const file = join(this.resources, ...path)
    const original = join(resources, ...path)
    rmSync(file)
    copyFileSync(original, file)
    return file
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function linkBelow(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)]
    if (lstatSync(source).isDirectory()) linkBelow(source, target)
    else place(source, target)
  }
}

/** A hard link if possible: the temporary folder may be on another disk. */
function place(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch {
    copyFileSync(source, target)
  }
}

/** A process and all its descendants. */
export function tree(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
  return [pid, ...children.flatMap((child) => tree(Number(child)))]
}

function parentOf(pid: string): number {
  return Number(/^PPid:\s*(\d+)/m.exec(readIfThere(`/proc/${pid}/status`))?.[1] ?? -1)
}

/** Whether other programs of the same user cannot read the process’s memory. */
export function isClosed(pid: number): boolean {
  try {
    closeSync(openSync(`/proc/${pid}/mem`, 'r'))
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' || (error as NodeJS.ErrnoException).code === 'ENOENT'
  }
}
