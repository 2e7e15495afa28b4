import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { until } from '../../until.ts'
import { readIfThere } from '../../files.ts'
import { isClosed, tree, whileItRuns } from './package.ts'

describe('the app’s processes', { timeout: 30_000 }, () => {
  // Main only: Chromium's own processes can only close themselves, and do so only under its setuid sandbox. A page's process contains what
  // the page shows.
  it('keep main’s memory from other programs of the user: no debugger, no reading, no environment [25]', async () => {
    await whileItRuns(async ({ child }) => {
      const pid = child.pid ?? 0
      await until(() => isClosed(pid))
      const gdb = spawnSync('gdb', ['-batch', '-p', String(pid)], { encoding: 'utf8' })
      expect(gdb.stderr).toMatch(/Operation not permitted|ptrace/)
      expect(() => readFileSync(`/proc/${pid}/environ`)).toThrow('EACCES')
    })
  })

  it('leave no core dump and send no crash report [25]', async () => {
    await whileItRuns(async ({ child }) => {
      const pid = child.pid ?? 0
      await until(() => tree(pid).length > 4)
      await until(() => isClosed(pid))
      for (const one of tree(pid)) {
        const limits = readIfThere(`/proc/${one}/limits`)
        if (limits !== '') expect(limits).toMatch(/^Max core file size +0 +0 +bytes/m)
      }
      const programs = tree(pid).map((one) => readIfThere(`/proc/${one}/comm`))
      expect(programs.join()).not.toContain('crashpad')
      expect(execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' })).toContain('latchkey')
    })
  })

  it('leave nothing behind after a crash [25]', async () => {
    await whileItRuns(async ({ child }, profile) => {
      await until(() => isClosed(child.pid ?? 0))
      const gone = new Promise((ended) => child.once('exit', ended))
      child.kill('SIGSEGV')
      await gone
      const left = readdirSync(profile, { recursive: true })
        .map(String)
        .filter((name) => /core|\.dmp$|minidump/i.test(name))
      expect(left).toEqual([])
    })
  })
})
