import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { listeningFakeApp } from '../../fake-app.ts'
import { latchkey, Started } from '../../command-line.ts'

describe('latchkey inject', () => {
  const app = listeningFakeApp()
  const path = (name: string): string => join(app.folder, name)
  beforeEach(() => {
    app.answers = { inject: ({ references }) => ({ values: references.map(({ account, key }) => `<${account ?? ''}:${key}$&é>`) }) }
  })

  it('replaces references by values, each requested once', async () => {
    const ended = await app.run(['inject'], { input: 'a: latchkey://acme/one\nb: "latchkey:///two"\nc: latchkey://acme/one' })
    expect(ended).toEqual({ status: 0, signal: null, stdout: 'a: <acme:one$&é>\nb: "<:two$&é>"\nc: <acme:one$&é>', stderr: '' })
    const references = [
      { account: 'acme', key: 'one' },
      { account: null, key: 'two' },
    ]
    expect(app.heard[1]).toEqual({ id: 1, call: 'inject', input: { references, file: 'standard input' } })
  })

  it('keeps everything else byte for byte', async () => {
    const bytes = Buffer.from([0, 255, 254, 13, 10, 195, 40, 10])
    writeFileSync(path('binary'), Buffer.concat([bytes, Buffer.from('latchkey://a/b'), bytes]))
    expect(await app.run(['inject', '-i', 'binary', '-o', 'filled'])).toMatchObject({ status: 0, stdout: '', stderr: '' })
    expect(readFileSync(path('filled'))).toEqual(Buffer.concat([bytes, Buffer.from('<a:b$&é>'), bytes]))
    expect(app.heard[1]).toHaveProperty('input.file', path('binary'))
  })

  it('does not ask the app if there is no reference', async () => {
    expect(await app.run(['inject'], { input: 'nothing here' })).toMatchObject({ status: 0, stdout: 'nothing here' })
    expect(app.heard).toEqual([])
  })

  it('writes a file that only this user can read, and replaces one only if told to', async () => {
    writeFileSync(path('in'), 'latchkey://a/b')
    await app.run(['inject', '-i', 'in', '-o', 'out'])
    expect(statSync(path('out')).mode & 0o777).toBe(0o600)
    const again = await app.run(['inject', '-i', 'in', '-o', 'out'])
    expect([again.status, again.stderr]).toEqual([
      2,
      'latchkey: out cannot be written: it is there already.\nGive --force to replace it.\n',
    ])
    writeFileSync(path('out'), 'old', { mode: 0o644 })
    expect(await app.run(['inject', '-i', 'in', '-o', 'out', '--force'])).toMatchObject({ status: 0 })
    expect(readFileSync(path('out'), 'utf8')).toBe('<a:b$&é>')
    expect(statSync(path('out')).mode & 0o777).toBe(0o600)
    expect(readdirSync(app.folder).filter((name) => name.startsWith('out'))).toEqual(['out'])
  })

  it('does not write through a link', async () => {
    writeFileSync(path('elsewhere'), 'untouched')
    symlinkSync(path('elsewhere'), path('link'))
    expect(await app.run(['inject', '-o', 'link'], { input: 'latchkey://a/b' })).toMatchObject({ status: 2 })
    expect(await app.run(['inject', '-o', 'link', '--force'], { input: 'latchkey://a/b' })).toMatchObject({ status: 0 })
    expect(readFileSync(path('elsewhere'), 'utf8')).toBe('untouched')
  })

  it.each([[], ['--force']])('writes into an existing pipe without replacing it %j', async (...force) => {
    execFileSync('mkfifo', [path('pipe')])
    const reader = new Started('cat', [path('pipe')])
    expect(await app.run(['inject', '-o', 'pipe', ...force], { input: 'latchkey://a/b' })).toMatchObject({ status: 0, stderr: '' })
    expect((await reader.ended).stdout).toBe('<a:b$&é>')
    expect(lstatSync(path('pipe')).isFIFO()).toBe(true)
    rmSync(path('pipe'))
  })

  it('writes into the pipe that bash names for >(…), and reports a full device', async () => {
    const bash = new Started('bash', ['-c', 'echo latchkey://a/b | "$L" inject -o >(sed s/^/got:/); wait $!'], {
      env: { ...app.env, L: latchkey },
    })
    expect(await bash.ended).toMatchObject({ status: 0, stdout: 'got:<a:b$&é>\n', stderr: '' })
    const full = await app.run(['inject', '-o', '/dev/full'], { input: 'latchkey://a/b' })
    expect([full.status, full.stderr]).toEqual([2, 'latchkey: /dev/full cannot be written: the disk is full.\n'])
  })

  it('requests and writes nothing if a reference is malformed', async () => {
    const told = await app.run(['inject', '-o', 'never'], { input: 'one\nlatchkey://a\n' })
    expect([told.status, told.stdout]).toEqual([2, ''])
    expect(told.stderr).toContain('standard input, line 2: what begins there is not a reference to a key.')
    expect([app.heard, existsSync(path('never'))]).toEqual([[], false])
  })

  it('says what it is waiting for if standard input is a terminal', async () => {
    expect((await app.inTerminal('inject')).stdout).toContain('There is nothing to read.')
  })
})
