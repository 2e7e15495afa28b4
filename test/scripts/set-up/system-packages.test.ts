import { mkdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { capture } from '../../../scripts/process/child.mjs'
import { majorVersion, outdatedBrowsers } from '../../../scripts/set-up/system/browser-versions.mjs'
import { listsAreStale } from '../../../scripts/set-up/system/package-lists.mjs'
import { fontFamilies, libraryNames, takeInventory, unmet } from '../../../scripts/set-up/system/inventory.mjs'
import { browserNeeds, compilerNeeds, desktopNeeds, screenNeeds } from '../../../scripts/set-up/system/needs.mjs'
import { candidates, choosePackages, installCommand } from '../../../scripts/set-up/system/packages.mjs'
import { sharedFolder } from '../../temporary-folder.ts'

const nothing = {
  program: () => false,
  library: () => false,
  header: () => false,
  font: () => false,
  service: () => false,
}

describe('missing system packages', () => {
  it('are detected by the program or library itself, whatever package provides it', () => {
    const inventory = { ...nothing, program: (name: string) => name !== 'ninja', header: () => true }
    expect(unmet(compilerNeeds, inventory).map(({ name }) => name)).toEqual(['ninja'])
  })

  it('reads the output of ldconfig', () => {
    const names = libraryNames('2 libs found in cache\n\tlibgbm.so.1 (libc6,x86-64) => /a/libgbm.so.1\n\tlibm.so.6 (libc6) => /b\n')
    expect([...names]).toEqual(['libgbm.so.1', 'libm.so.6'])
  })

  it('finds a font by any of its families', () => {
    expect(fontFamilies('Inter,Inter Medium\nDejaVu Sans Mono\n').has('Inter')).toBe(true)
    expect(fontFamilies('Inter Display\n').has('Inter')).toBe(false)
  })

  it('are none in the session that these tests run in', async () => {
    const needs = [...desktopNeeds, ...screenNeeds, ...browserNeeds]
    expect(unmet(needs, await takeInventory(needs))).toEqual([])
  })

  it('include a program, a library and a header that do not exist', async () => {
    const needs = [
      { kind: 'program' as const, name: 'latchkey-no-such-program', packages: ['a'] },
      { kind: 'library' as const, name: 'liblatchkey-no-such.so.1', packages: ['b'] },
      { kind: 'header' as const, name: 'latchkey/no-such.h', packages: ['c'] },
      { kind: 'font' as const, name: 'Latchkey No Such', packages: ['d'] },
      { kind: 'service' as const, name: 'org.latchkey.NoSuch', packages: ['e'] },
    ]
    expect(unmet(needs, await takeInventory(needs))).toEqual(needs)
  })
})

describe('the packages to install', () => {
  const policy = (names: Record<string, string>) =>
    Object.entries(names)
      .map(([name, candidate]) => `${name}:\n  Installed: (none)\n  Candidate: ${candidate}\n  Version table:\n     1 500\n`)
      .join('')

  it('have the names of the current release', () => {
    const older = candidates(policy({ 'libgtk-3-0': '3.24.38-2', libnss3: '2:3.87' }))
    const newer = candidates(policy({ 'libgtk-3-0': '(none)', 'libgtk-3-0t64': '3.24.49-3', libnss3: '2:3.110' }))
    const needs = desktopNeeds.filter(({ name }) => /libgtk|libnss/.test(name))
    expect(choosePackages(needs, older)).toEqual(['libgtk-3-0', 'libnss3'])
    expect(choosePackages(needs, newer)).toEqual(['libgtk-3-0t64', 'libnss3'])
  })

  it('cannot be chosen if the package lists were never fetched', () => {
    expect(choosePackages(compilerNeeds, candidates(''))).toBeNull()
  })

  it("contain the gold linker under the release's name", () => {
    const gold = compilerNeeds.filter(({ name }) => name === 'ld.gold')
    expect(choosePackages(gold, new Set(['binutils']))).toEqual(['binutils'])
    expect(choosePackages(gold, new Set(['binutils', 'binutils-gold']))).toEqual(['binutils-gold'])
  })

  it('are in one command, without duplicates', () => {
    expect(installCommand(['dbus', 'xvfb', 'dbus'])).toBe(
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends dbus xvfb',
    )
  })
})

describe('apt’s package lists', () => {
  // Regression: a Chromium half a year old was installed from old lists, and 14 browser tests failed with it.
  const folder = sharedFolder('latchkey-lists-')
  const hour = 60 * 60
  const now = 1_800_000_000

  function fetched(lists: number, partial: number): void {
    mkdirSync(join(folder, 'partial'), { recursive: true })
    utimesSync(join(folder, 'partial'), partial, partial)
    utimesSync(folder, lists, lists)
  }

  it('are fetched again if they are older than a day', () => {
    fetched(now - 25 * hour, now - 900 * hour)
    expect(listsAreStale(folder, now * 1000)).toBe(true)
  })

  it('are used if a fetch within the last day found nothing new', () => {
    fetched(now - 900 * hour, now - 23 * hour)
    expect(listsAreStale(folder, now * 1000)).toBe(false)
  })

  it('are fetched if they never were', () => {
    expect(listsAreStale(join(folder, 'absent'), now * 1000)).toBe(true)
  })
})

describe('an installed browser', () => {
  const versions = (chromium: string, firefox: string) => (name: string) => Promise.resolve(name === 'chromium' ? chromium : firefox)

  it('that is older than the tests’ is named, with the command that updates it', async () => {
    const found = await outdatedBrowsers(
      versions('Chromium 150.0.7871.100 built on Debian GNU/Linux 12', 'Mozilla Firefox 153.1.0esr'),
      true,
    )
    expect(found).toEqual([
      'chromium 150 is older than the 156 that the tests were made for. To renew it: sudo apt-get update && sudo apt-get install -y chromium',
    ])
  })

  it('that is as new, or newer, is not named', async () => {
    expect(await outdatedBrowsers(versions('Chromium 156.0.8078.73', 'Mozilla Firefox 166.0'), true)).toEqual([])
  })

  it('is recognised by the output of the real one', async () => {
    for (const name of ['chromium', 'firefox-esr']) {
      expect(majorVersion((await capture(name, ['--version'])).stdout), name).toBeGreaterThan(100)
    }
  })
})
