import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout, inPlace, runApp } from '../app-run.ts'

export interface Tally {
  readonly part: 'app'
  readonly seed: number
  /** Addresses, each asked for as Chromium hands it on and as it is. */
  readonly messages: number
  /** Those that a page asked for, and how often the handler was asked in all. */
  readonly byPage: number
  readonly handled: number
  readonly crashes: number
  /** Files that were read outside the folder of the pages, and answers that are no page's file. */
  readonly escapes: number
  /** Answers with what stands in files beside that folder. */
  readonly values: number
  /** Answers with the file that was asked for: what shows that others would have been seen. */
  readonly given: number
  /** Files that were read for them. */
  readonly read: number
}

/** Asks the real app's windows for so many addresses that may lead out of the folder of the pages, and sees what is read. */
export function fuzzPages({ messages, seed }: { messages: number; seed: number }): Promise<Tally> {
  return inPlace(async (place) => {
    const canary = randomBytes(24).toString('hex')
    // A copy of what was built, with files beside the pages that are worth a climb, and a way out among them.
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
