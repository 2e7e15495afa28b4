import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout, inPlace, runApp } from '../app-run.ts'

export interface Tally {
  readonly part: 'app'
  readonly seed: number
  /** The addresses, each requested as Chromium passes it on and unchanged. */
  readonly messages: number
  /** The addresses that a page requested, and how often the handler was called in all. */
  readonly byPage: number
  readonly handled: number
  readonly crashes: number
  /** Files that were read outside the pages' folder, and answers that are no file of the pages. */
  readonly escapes: number
  /** Answers with the content of files beside that folder. */
  readonly values: number
  /** Answers with the requested file. They show that the search would find others. */
  readonly given: number
  /** The number of files that were read. */
  readonly read: number
}

/** Requests so many addresses that may lead out of the pages' folder from the real app's windows, and records which files are read. */
export function fuzzPages({ messages, seed }: { messages: number; seed: number }): Promise<Tally> {
  return inPlace(async (place) => {
    const canary = randomBytes(24).toString('hex')
    // A copy of the built app, with files beside the pages that an attacker would want, and with a symbolic link to them among the pages.
    const built = join(place.folder, 'app', 'out')
    for (const part of ['main', 'preload', 'renderer']) cpSync(join(checkout, 'out', part), join(built, part), { recursive: true })
    cpSync(join(checkout, 'package.json'), join(place.folder, 'app', 'package.json'))
    symlinkSync(join(checkout, 'node_modules'), join(place.folder, 'app', 'node_modules'))
    const pages = join(built, 'renderer')
    mkdirSync(join(pages, 'secret'))
    for (const file of ['canary.txt', 'secret.html', 'secret/index.html', '../canary.txt', '../../canary.txt'])
      writeFileSync(join(pages, file), canary)
    const outside = [place.folder, built, join(built, 'main'), place.profile, '/', '/etc', '/proc/self', '/root', checkout]
    const ran = await runApp(
      join(import.meta.dirname, 'driver.ts'),
      place,
      { messages, seed, pages, outside, canary },
      join(place.folder, 'app'),
    )
    const told = ran.result as Omit<Tally, 'part' | 'seed'>
    return { ...told, part: 'app', seed, crashes: told.crashes + (ran.status === 0 ? 0 : 1) }
  })
}
