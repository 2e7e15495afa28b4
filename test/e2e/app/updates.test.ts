import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { until } from '../../until.ts'
import { Updating } from '../support/app/updating.ts'

const updating = new Updating()
beforeAll(() => updating.build())
beforeEach(() => updating.start())
afterEach(() => updating.quit())
afterAll(() => updating.end())

// Regression: it depended on an event at Electron's end that never comes in the app, so quitting installed nothing. And the command and the
// login kept the name of the image that was gone.
it('a signed version replaces this one when the app ends, and command and login start it', async () => {
  updating.publish('1.1.0')
  expect(await updating.ask('check')).toMatchObject({ step: 'found', version: '1.1.0', trouble: null })
  expect(await updating.ask('download')).toMatchObject({ step: 'ready', percent: 100, trouble: null })
  expect([updating.images, updating.found]).toEqual([
    ['Latchkey-1.0.0.AppImage'],
    { command: updating.imageAt('1.0.0'), login: updating.imageAt('1.0.0') },
  ])
  await updating.quit()
  expect([updating.images, updating.found]).toEqual([
    ['Latchkey-1.1.0.AppImage'],
    { command: updating.imageAt('1.1.0'), login: updating.imageAt('1.1.0') },
  ])
  expect(readFileSync(updating.imageAt('1.1.0'), 'utf8')).toContain('1.1.0')
  expect(updating.started).toBe('')
})

// Regression: a lock of an AppImage ends it and starts it by its name, which the update at that end had deleted, so nothing started.
it('a lock starts the same image again, whatever update is ready', async () => {
  updating.publish('1.1.0')
  await updating.ask('check')
  await updating.ask('download')
  await updating.lock()
  await until(() => updating.started !== '')
  expect(updating.started).toMatch(/^1\.0\.0 .*--locked=/)
  expect([updating.images, updating.found.command]).toEqual([['Latchkey-1.0.0.AppImage'], updating.imageAt('1.0.0')])
})

it('the user can start the newer version at once', async () => {
  updating.publish('1.1.0')
  await updating.ask('check')
  await updating.ask('download')
  const ended = once(updating.app.process(), 'exit')
  expect(await updating.ask('install')).toMatchObject({ step: 'ready', trouble: null })
  await ended
  await until(() => updating.started !== '')
  expect([updating.started.trim(), updating.images, updating.found.command]).toEqual([
    '1.1.0',
    ['Latchkey-1.1.0.AppImage'],
    updating.imageAt('1.1.0'),
  ])
})

it('the feed gets only what is requested, and nothing that identifies this computer', async () => {
  updating.publish('1.1.0')
  await updating.ask('check')
  await updating.ask('download')
  expect(new Set(updating.asked.map(({ path }) => path.replace(/-linux.*\.json/, '.json')))).toEqual(
    new Set(['latest.json', 'latest.json.sig', 'Latchkey-1.1.0.AppImage']),
  )
  for (const { headers } of updating.asked) expect(Object.keys(headers).filter((name) => /id|cookie|auth/i.test(name))).toEqual([])
})

it.each(['0.9.0', '1.0.0'])('version %s is not installed even if it is signed, because it is not newer', async (version) => {
  updating.publish(version)
  expect(await updating.ask('check')).toMatchObject({ step: 'none', version: null, trouble: null })
})

it('a manifest that was changed, or signed with another key, is rejected', async () => {
  const { manifest } = updating.publish('1.1.0')
  updating.setManifest(Buffer.from(manifest.toString().replace('1.1.0', '6.6.6')))
  expect(await updating.ask('check')).toMatchObject({ step: 'none', trouble: 'update-untrusted' })
  updating.publish('1.1.0', generateKeyPairSync('ed25519').privateKey)
  expect(await updating.ask('check')).toMatchObject({ step: 'none', trouble: 'update-untrusted' })
})

it('a file that is not the signed one is deleted', async () => {
  const { file } = updating.publish('1.1.0')
  await updating.ask('check')
  updating.files.set(file, Buffer.from('#!/bin/sh\n# evil\n'))
  expect(await updating.ask('download')).toMatchObject({ step: 'found', trouble: 'update-untrusted' })
  await updating.quit()
  expect(updating.images).toEqual(['Latchkey-1.0.0.AppImage'])
})

// Regression: a stalled download was waited for until the app ended, and no other could be started.
it('a stalled download is aborted and reported, and can be retried', async () => {
  const { file } = updating.publish('1.1.0')
  await updating.ask('check')
  updating.stalling.add(file)
  expect(await updating.ask('download')).toMatchObject({ step: 'found', trouble: 'update-unreachable' })
  updating.stalling.clear()
  expect(await updating.ask('download')).toMatchObject({ step: 'ready', trouble: null })
})

it('nothing is fetched from anywhere but the feed, wherever it redirects', async () => {
  const { file } = updating.publish('1.1.0')
  await updating.ask('check')
  updating.files.set(file, 'http://127.0.0.1:9/evil.AppImage')
  expect(await updating.ask('download')).toMatchObject({ step: 'found', trouble: 'update-failed' })
})

it('a feed that does not answer is reported', async () => {
  expect(await updating.ask('check')).toMatchObject({ step: 'none', trouble: 'update-unreachable' })
})
