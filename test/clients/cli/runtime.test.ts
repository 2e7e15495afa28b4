import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { latchkey, Started } from '../command-line.ts'
import { listeningFakeApp } from '../fake-app.ts'

/** Attack: somebody who sets a variable, a file in the current folder or the command's name runs code in the process that gets the value. */
describe('the runtime inside the latchkey command', () => {
  const app = listeningFakeApp()
  const path = (name: string): string => join(app.folder, name)
  const fine = { status: 0, signal: null, stdout: 'the-value', stderr: '' }

  beforeEach(() => {
    app.answers = { get: () => ({ value: 'the-value' }) }
  })
  beforeAll(() => {
    writeFileSync(path('evil.js'), `require('fs').writeFileSync(${JSON.stringify(path('evil-ran'))}, ''); console.log('evil')`)
  })

  /** The allocator's variables, which can be switched off on some platforms only. */
  const ofAllocator: [string, string][] = [
    ['MIMALLOC_VERBOSE', '1'],
    ['mimalloc_show_stats', '1'],
  ]

  it.each<[string, string]>([
    ['BUN_BE_BUN', '1'],
    ['BUN_OPTIONS', '--preload=./evil.js'],
    ['BUN_OPTIONS', '--inspect-brk=127.0.0.1:0'],
    ['BUN_OPTIONS', '--cwd=/'],
    ['BUN_INSPECT', 'ws://127.0.0.1:0/x?wait=1'],
    ['BUN_INSPECT', '127.0.0.1:0?break=1'],
    ['BUN_INSPECT_CONNECT_TO', 'unix:///tmp/no-such-socket'],
    ['BUN_INSPECT_PRELOAD', './evil.js'],
    ['BUN_JSC_dumpOptions', '2'],
    ['BUN_JSC_functionOverrides', './evil.js'],
    ['BUN_JSC_dumpGeneratedBytecodes', '1'],
    ['BUN_JSC_useDollarVM', '1'],
    ['JSC_dumpOptions', '2'],
    ['JSC_SIGNAL_FOR_GC', '9'],
    ['NODE_OPTIONS', '--inspect=127.0.0.1:0 --require ./evil.js'],
    ['NODE_CHANNEL_FD', '1'],
    ['NODE_V8_COVERAGE', '.'],
    ['NODE_PATH', '.'],
    ['NODE_DEBUG', 'net,fs,child_process'],
    ['BUN_BYTECODE_ORDER_OUT', './order'],
    ['BUN_RUNTIME_TRANSPILER_CACHE_PATH', '.'],
    ...(process.platform === 'linux' && process.arch === 'x64' ? ofAllocator : []),
  ])('is not affected by %s=%s', async (name, value) => {
    expect(await app.run(['get', 'payments'], { env: { [name]: value } })).toEqual(fine)
    expect([existsSync(path('evil-ran')), existsSync(path('order'))]).toEqual([false, false])
  })

  it.each(['1', './evil.js', '0'])('is not affected by any variable whose name it contains, all set to %s', async (value) => {
    const names = readFileSync(latchkey, 'latin1').match(/(?:BUN|UN|JSC|WTF)_[A-Za-z0-9_]{3,60}/g) ?? []
    const all = names.filter((name) => name !== 'BUN_ENV').map((name) => (name.startsWith('UN_') ? `B${name}` : name))
    const jsc = all.flatMap((name) => (name.startsWith('JSC_') ? [`BUN_${name}`] : []))
    const env = Object.fromEntries([...all, ...jsc].map((name) => [name, value]))
    expect(Object.keys(env).length).toBeGreaterThan(500)
    expect(await app.run(['get', 'payments'], { env })).toEqual(fine)
    expect(existsSync(path('evil-ran'))).toBe(false)
  })

  it('reads no settings and no code from the current folder', async () => {
    const folder = path('foreign')
    mkdirSync(join(folder, 'node_modules', 'net'), { recursive: true })
    const files = {
      'bunfig.toml': 'preload = ["../evil.js"]\n[run]\nbun = true\n',
      '.env': 'LATCHKEY_PROFILE_DIR=/no/such/profile\nFROM_FILE=yes\n',
      '.env.local': 'FROM_FILE=yes\n',
      '.env.production': 'FROM_FILE=yes\n',
      'package.json': '{"imports":{"#x":"../evil.js"},"main":"../evil.js","type":"module"}',
      'tsconfig.json': '{"compilerOptions":{"paths":{"*":["../evil.js"]}}}',
      'node_modules/net/index.js': 'require("../../../evil.js")',
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    const get = new Started(latchkey, ['get', 'payments'], { env: { ...app.env, HOME: folder, XDG_CONFIG_HOME: folder }, cwd: folder })
    expect(await get.ended).toEqual(fine)
    writeFileSync(join(folder, 'a.env'), 'A=1')
    const run = new Started(latchkey, ['run', '-f', 'a.env', '--', 'sh', '-c', 'echo "$A ${FROM_FILE-none}"'], {
      env: app.env,
      cwd: folder,
    })
    expect(await run.ended).toMatchObject({ status: 0, stdout: '1 none\n', stderr: '' })
    expect(existsSync(path('evil-ran'))).toBe(false)
  })

  it.each(['bun', 'bunx', 'node', 'npm'])('is the command under the name %s, too', async (name) => {
    const ended = await new Started('bash', ['-c', `exec -a ${name} "$L" get payments`], {
      env: { ...app.env, L: latchkey },
      cwd: app.folder,
    }).ended
    expect(ended).toEqual(fine)
  })

  it.each([
    ['--preload', './evil.js'],
    ['--require=./evil.js'],
    ['-e', 'console.log(1)'],
    ['--inspect'],
    ['--bun'],
    ['run', 'evil.js'],
    ['./evil.js'],
    ['--env-file=none', 'get', 'payments'],
    ['--cwd=/', 'get', 'payments'],
  ])('accepts none of its own arguments: %s %s', async (...args) => {
    expect(await app.run(args)).toMatchObject({ status: 2, stdout: '' })
    expect(existsSync(path('evil-ran'))).toBe(false)
  })
})
