import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressOf } from '../../fuzz/pages/paths.ts'
import { Random } from '../../torture/random.ts'
import { Subject } from '../subject.ts'

const count = 10_000

/** The archive's own handler of `app://`, with each file read recorded. */
describe('ten thousand addresses that may lead out of the pages’ folder', { timeout: 120_000 }, () => {
  let subject: Subject
  beforeAll(async () => {
    subject = await Subject.start()
  })
  afterAll(() => subject.end())

  it('make the handler read no file but the pages’, and return only these [4]', async () => {
    const random = new Random('hardening', 'addresses')
    const outside = [subject.profile, '/etc', '/proc/self', '/'] as const
    const addresses = Array.from({ length: count }, () => addressOf(['/index.html'], [...outside], random))
    const told = await subject.main(async ({ app, session }, all) => {
      const fs = (process.mainModule as NodeJS.Module).require('fs') as typeof import('node:fs')
      const read: string[] = []
      const { readFileSync } = fs
      fs.readFileSync = ((path: string, ...more: unknown[]) => (
        read.push(String(path)),
        (readFileSync as (...given: unknown[]) => unknown)(path, ...more)
      )) as typeof readFileSync
      const own = session.fromPartition('index')
      const statuses: Record<string, number> = {}
      const given = new Set<string>()
      for (const address of all) {
        const outcome = await own.fetch(address).then(
          async (answer) => {
            const text = await answer.text()
            if (answer.status === 200) given.add(text)
            return String(answer.status)
          },
          () => 'none',
        )
        statuses[outcome] = (statuses[outcome] ?? 0) + 1
      }
      fs.readFileSync = readFileSync
      const pages = `${app.getAppPath()}/out/renderer/`
      // Main loads some of its own chunks when it needs them, by names with a hash. None of these is requested here.
      const answered = read.filter((path) => !/[/]out[/]main[/][\w-]+-[\w-]{8}[.]cjs$/.test(path))
      return {
        statuses,
        given: given.size,
        outside: answered.filter((path) => !path.startsWith(pages) || path.includes('..')),
        read: answered.length,
      }
    }, addresses)
    expect(told.outside).toEqual([])
    // Whatever the encoding, it is the one page that was requested.
    expect(told.given).toBe(1)
    expect(Object.keys(told.statuses).sort()).toEqual(['200', '404', 'none'])
    expect(told.read).toBeGreaterThanOrEqual(told.statuses['200'] ?? 0) // the palette reads its own page meanwhile
    expect(told.statuses['200']).toBeGreaterThan(0)
  })
})
