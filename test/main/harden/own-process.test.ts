import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const file = pathToFileURL(resolve(import.meta.dirname, '..', '..', '..', 'main', 'harden', 'own-process.ts')).href

/** A process of its own that has a child from before, closes its memory when told to, and then makes another child. */
const program = `
  import { spawn } from 'node:child_process'
  import { closeMemory, withReadableMemory } from '${file}'
  const child = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' }).pid
  const before = child()
  console.log(before)
  process.stdin.once('data', async () => {
    await closeMemory(process.platform)
    console.log(child())
    process.stdin.once('data', () => withReadableMemory(async () => {
      console.log(1)
      await new Promise((asked) => process.stdin.once('data', asked))
    }).then(() => console.log(0)))
  })
  process.stdin.on('end', () => process.exit())`

describe('a process that closes its memory', () => {
  let child: ChildProcess
  let pids: number[]
  beforeEach(async () => {
    const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
    child = spawn(process.execPath, ['--import', loader, '--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] })
    pids = [child.pid ?? 0, await said()]
  })
  afterEach(() => {
    for (const pid of pids.slice(1)) process.kill(pid)
    child.kill()
  })

  it('was open to other programs of its user, and is no longer', async () => {
    const memory = join('/proc', String(child.pid), 'mem')
    closeSync(openSync(memory, 'r+'))
    await close()
    expect(() => openSync(memory, 'r')).toThrow('EACCES')
    expect(() => readFileSync(`/proc/${child.pid}/environ`)).toThrow('EACCES')
  })

  it('is open again for the one question that it is opened for', async () => {
    await close()
    const memory = join('/proc', String(child.pid), 'mem')
    for (const reads of [true, false]) {
      child.stdin?.write('now')
      expect(await said()).toBe(reads ? 1 : 0)
      if (reads) closeSync(openSync(memory, 'r'))
      else expect(() => openSync(memory, 'r')).toThrow('EACCES')
    }
  })

  it('leaves no core, nor does any process that it has or will have', async () => {
    await close()
    for (const pid of pids) expect(readFileSync(`/proc/${pid}/limits`, 'utf8')).toMatch(/^Max core file size +0 +0 +bytes/m)
  })

  async function said(): Promise<number> {
    const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
    return Number(chunk.toString())
  }

  async function close(): Promise<void> {
    child.stdin?.write('now')
    pids.push(await said())
  }
})
