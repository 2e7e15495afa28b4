import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Preferences } from '../../../main/settings/preferences.ts'
import { type Updater, Updates } from '../../../main/updates/updates.ts'
import { Refusal } from '../../../main/vault/refusal.ts'

/** A feed that has a version, or none, or does not answer. */
class Source implements Updater {
  version: string | null = '2.0.0'
  refusal: Refusal | null = null
  readonly asked: string[] = []

  check(): Promise<string | null> {
    return this.#step('check').then(() => this.version)
  }

  async download(progress: (percent: number) => void): Promise<void> {
    for (const percent of [0, 50, 50, 100]) progress(percent)
    await this.#step('download')
  }

  install(): void {
    this.asked.push('install')
    if (this.refusal !== null) throw this.refusal
  }

  installOnExit(): Promise<void> {
    return this.#step('leave')
  }

  async #step(name: string): Promise<void> {
    this.asked.push(name)
    await Promise.resolve()
    if (this.refusal !== null) throw this.refusal
  }
}

let source: Source
beforeEach(() => {
  source = new Source()
})

function newUpdates(
  mode: Preferences['updates'],
  unavailable: 'package' | null = null,
): { updates: Updates; told: () => string[]; choose: (mode: Preferences['updates']) => void } {
  let chosen = mode
  const told: string[] = []
  const updates = new Updates({
    ...{ unavailable, load: () => Promise.resolve(source), mode: () => chosen, clock: () => 7 },
    changed: ({ step, percent, trouble }) => told.push([step, percent, trouble ?? ''].join(' ').trim()),
  })
  return { updates, told: () => told, choose: (next) => ((chosen = next), updates.follow()) }
}

describe('the search for newer versions', () => {
  it('are told, and got when the person says so', async () => {
    const { updates, told } = newUpdates('tell')
    expect(await updates.check()).toMatchObject({ step: 'found', version: '2.0.0', checkedAt: 7 })
    expect(await updates.download()).toMatchObject({ step: 'ready' })
    await updates.install()
    expect(source.asked).toEqual(['check', 'download', 'install'])
    expect(told()).toEqual([
      'checking 0',
      'found 0',
      'downloading 0',
      'downloading 50',
      'downloading 100',
      'ready 100',
      'ready 100',
      'ready 100',
    ])
  })

  it('are got by themselves where the person chose that', async () => {
    expect(await newUpdates('install').updates.check()).toMatchObject({ step: 'ready' })
    expect(source.asked).toEqual(['check', 'download'])
  })

  it('are looked for at once and every six hours, until the person wants none', async () => {
    vi.useFakeTimers()
    source.version = null
    const { updates, choose } = newUpdates('tell')
    updates.follow()
    updates.follow()
    await vi.advanceTimersByTimeAsync(12 * 3_600_000)
    expect(source.asked).toEqual(['check', 'check', 'check'])
    choose('off')
    await vi.advanceTimersByTimeAsync(12 * 3_600_000)
    expect(source.asked).toHaveLength(3)
    vi.useRealTimers()
  })

  it('that are known are got as soon as the person chooses that', async () => {
    const { updates, choose } = newUpdates('tell')
    await updates.check()
    choose('install')
    await vi.waitFor(() => expect(updates.state.step).toBe('ready'))
  })

  it('are not looked for by a package that somebody else updates', async () => {
    const { updates } = newUpdates('install', 'package')
    updates.follow()
    expect(await updates.check()).toMatchObject({ step: 'none', unavailable: 'package' })
    expect(source.asked).toEqual([])
  })

  it('stay as known as they were when a step fails, and the next try may do it', async () => {
    const { updates } = newUpdates('tell')
    source.refusal = new Refusal('update-unreachable')
    expect(await updates.check()).toMatchObject({ step: 'none', trouble: 'update-unreachable' })
    source.refusal = null
    await updates.check()
    source.refusal = new Refusal('update-untrusted')
    expect(await updates.download()).toMatchObject({ step: 'found', trouble: 'update-untrusted' })
    source.refusal = null
    expect(await updates.download()).toMatchObject({ step: 'ready', trouble: null })
  })

  // They were left to the event of Electron's end, which this app does not come to.
  it('that are there are put in place when the app ends, and no others', async () => {
    const { updates } = newUpdates('tell')
    await updates.installOnExit()
    await updates.check()
    await updates.installOnExit()
    expect(source.asked).toEqual(['check'])
    await updates.download()
    await updates.installOnExit()
    expect(source.asked).toEqual(['check', 'download', 'leave'])
  })

  it('that the person had put in place are not put there again when that ends the app', async () => {
    const { updates } = newUpdates('install')
    await updates.check()
    source.refusal = new Refusal('update-failed')
    expect(await updates.install()).toMatchObject({ step: 'ready', trouble: 'update-failed' })
    source.refusal = null
    await updates.install()
    await updates.installOnExit()
    expect(source.asked).toEqual(['check', 'download', 'install', 'install'])
  })

  it('that cannot be put in place keep nothing from ending', async () => {
    const { updates } = newUpdates('install')
    await updates.check()
    source.refusal = new Refusal('update-failed')
    expect(await updates.installOnExit()).toMatchObject({ step: 'ready', trouble: 'update-failed' })
  })

  it('are asked for once at a time, and put in place only when they are there', async () => {
    const { updates } = newUpdates('tell')
    await updates.install()
    await Promise.all([updates.check(), updates.check(), updates.download()])
    expect(source.asked).toEqual(['check'])
  })
})
