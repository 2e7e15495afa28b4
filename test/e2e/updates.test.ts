import { generateKeyPairSync } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { until } from '../main/outlets/typist/screen.ts'
import { Updating } from './updating.ts'

const updating = new Updating()
beforeAll(() => updating.build())
beforeEach(() => updating.start())
afterEach(() => updating.quit())
afterAll(() => updating.end())

it('a signed version takes the place of this one when the app ends', async () => {
  updating.publish('1.1.0')
  expect(await updating.ask('check')).toMatchObject({ step: 'found', version: '1.1.0', trouble: null })
  expect(await updating.ask('download')).toMatchObject({ step: 'ready', percent: 100, trouble: null })
  expect(updating.imageText).toContain('1.0.0')
  await updating.quit()
  await until(() => updating.hasStarted)
  expect(updating.imageText).toContain('1.1.0')
})

it('the feed hears what is asked for, and nothing that tells this computer from others', async () => {
  updating.publish('1.1.0')
  await updating.ask('check')
  await updating.ask('download')
  expect(new Set(updating.asked.map(({ path }) => path.replace(/-linux.*\.json/, '.json')))).toEqual(new Set(['latest.json', 'latest.json.sig', 'Latchkey-1.1.0.AppImage']))
  for (const { headers } of updating.asked) expect(Object.keys(headers).filter((name) => /id|cookie|auth/i.test(name))).toEqual([])
})

it.each(['0.9.0', '1.0.0'])('version %s is no newer one, however well it is signed', async (version) => {
  updating.publish(version)
  expect(await updating.ask('check')).toMatchObject({ step: 'none', version: null, trouble: null })
})

it('a manifest that was changed, or that another key signed, is not believed', async () => {
  const { manifest } = updating.publish('1.1.0')
  updating.setManifest(Buffer.from(manifest.toString().replace('1.1.0', '6.6.6')))
  expect(await updating.ask('check')).toMatchObject({ step: 'none', trouble: 'update-untrusted' })
  updating.publish('1.1.0', generateKeyPairSync('ed25519').privateKey)
  expect(await updating.ask('check')).toMatchObject({ step: 'none', trouble: 'update-untrusted' })
})

it('a file that is not the signed one is thrown away', async () => {
  const { file } = updating.publish('1.1.0')
  await updating.ask('check')
  updating.files.set(file, Buffer.from('#!/bin/sh\n# evil\n'))
  expect(await updating.ask('download')).toMatchObject({ step: 'found', trouble: 'update-untrusted' })
  await updating.quit()
  expect(updating.imageText).toContain('1.0.0')
})

it('nothing is fetched from anywhere but the feed, wherever it sends one', async () => {
  const { file } = updating.publish('1.1.0')
  await updating.ask('check')
  updating.files.set(file, 'http://127.0.0.1:9/evil.AppImage')
  expect(await updating.ask('download')).toMatchObject({ step: 'found', trouble: 'update-failed' })
})

it('a feed that does not answer is said to', async () => {
  expect(await updating.ask('check')).toMatchObject({ step: 'none', trouble: 'update-unreachable' })
})
