import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { wrongFuses } from '../../../scripts/dist/electron-builder/fuses.mjs'
import { discard, newProfile } from '../../e2e/support/app/desktop.ts'
import { filesBelow } from '../../files.ts'
import { startPackage, Subject } from '../subject.ts'
import { until } from '../../until.ts'
import { Copy, end, executable, resources, untilEnded, whileItRuns } from './package.ts'
import { sharedFolder } from '../../temporary-folder.ts'

describe('the executable', { timeout: 30_000 }, () => {
  const folder = sharedFolder('foreign-code-')
  const [trace, script] = [join(folder, 'it-ran'), join(folder, 'foreign.cjs')]
  beforeAll(() => writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(trace)}, 'x')`))

  it('has each fuse set as listed [5, 6, 7, 8]', async () => {
    expect(await wrongFuses(executable)).toEqual([])
  })

  it.each<[string, Record<string, string>, string[]]>([
    ['as Node', { ELECTRON_RUN_AS_NODE: '1' }, [script]],
    ['by an option of Node’s in a variable', { NODE_OPTIONS: `--require ${script}` }, []],
    ['by a file among its words', {}, [script]],
  ])('runs no code but its own: %s [6]', async (_, environment, words) => {
    await whileItRuns(() => expect(existsSync(trace)).toBe(false), { environment, words })
  })

  it.each(['--inspect=0', '--inspect-brk=0', '--inspect-port=0', '-e', '-r', '--require', '--eval'])(
    'refuses to start with %s [6]',
    async (word) => {
      const profile = newProfile()
      const { status, said } = await untilEnded(startPackage(executable, profile, { words: [word, script] }))
      discard(profile)
      expect([status, existsSync(trace)]).toEqual([1, false])
      expect(said).toContain(`it does not start with ${word.split('=')[0]}`)
      expect(said).not.toContain('Debugger')
    },
  )

  it('opens no debugger on a signal [6]', async () => {
    await whileItRuns(async (started) => {
      started.child.kill('SIGUSR1')
      await new Promise((later) => setTimeout(later, 1_000)) // there is no event for a debugger that does not open
      expect(started.output()).not.toContain('Debugger')
    })
  })

  it('loads the app from its archive, and no files beside it [7]', async () => {
    const copy = new Copy()
    mkdirSync(join(copy.resources, 'app'))
    writeFileSync(join(copy.resources, 'app', 'package.json'), '{"main":"main.cjs"}')
    writeFileSync(join(copy.resources, 'app', 'main.cjs'), readFileSync(script))
    const profile = newProfile()
    const started = startPackage(copy.executable, profile)
    await until(() => existsSync(join(profile, 'launch.json')) || started.output().includes('will not start'))
    expect(existsSync(trace)).toBe(false)
    await end(started)
    discard(profile)
    copy.remove()
  })

  it.each<[string, string[], 'begins nothing' | 'loads all but it']>([
    ['its archive', ['app.asar'], 'begins nothing'],
    [
      'a native part',
      ['app.asar.unpacked', ...relative(join(resources, 'app.asar.unpacked'), nativeFile('keytar')).split('/')],
      'loads all but it',
    ],
    ['the manifest', ['manifest.json'], 'begins nothing'],
  ])('does not start if one of its bytes was changed: %s [7, 9, 38]', async (_, path, how) => {
    const copy = new Copy()
    const file = copy.own(...path)
    const bytes = readFileSync(file)
    // Near the end: in the archive that is a page, which main would otherwise serve without noticing.
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1
    writeFileSync(file, bytes)
    await expectRefusal(copy, how)
  })

  it('does not start if a native module was replaced [38]', async () => {
    const copy = new Copy()
    appendFileSync(copy.own('app.asar.unpacked', ...relative(join(resources, 'app.asar.unpacked'), nativeFile('realm')).split('/')), 'x')
    await expectRefusal(copy)
  })

  it('has nothing outside its archive but native modules, and each of them loads [38]', async () => {
    const unpacked = filesBelow(join(resources, 'app.asar.unpacked'))
    expect(unpacked.filter((file) => !file.endsWith('.node'))).toEqual([])
    const subject = await Subject.start()
    const loaded = await subject.main(() => {
      const load = (name: string): string => typeof (process.mainModule as NodeJS.Module).require(name)
      return ['realm', 'keytar', 'libsql', '@node-rs/argon2', 'koffi'].map(load)
    }, null)
    await subject.end()
    expect(loaded).toEqual(expect.arrayContaining(['function', 'object']))
    expect(loaded.filter((type) => type === 'undefined')).toEqual([])
  })

  async function expectRefusal(copy: Copy, how: 'begins nothing' | 'loads all but it' = 'loads all but it'): Promise<void> {
    const profile = newProfile()
    const before = readdirSync(profile)
    const started = startPackage(copy.executable, profile)
    try {
      await until(() => started.output().includes('will not start'))
      // The app shows an error message now, and waits. The vault used to open behind it.
      if (how === 'begins nothing') expect(readdirSync(profile)).toEqual(before)
    } finally {
      await end(started)
      discard(profile)
      copy.remove()
    }
  }
})

function nativeFile(name: string): string {
  const found = filesBelow(join(resources, 'app.asar.unpacked')).find((file) => file.endsWith(`${name}.node`))
  if (found === undefined) throw new Error(`no native part of ${name}`)
  return found
}
