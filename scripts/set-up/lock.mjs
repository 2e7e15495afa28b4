import { existsSync, mkdirSync, readFileSync, rmSync, rmdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { notice } from '../process/notice.mjs'

const heartbeat = 5_000 // milliseconds between two heartbeats
const silence = 120_000 // milliseconds without a heartbeat after which a holder on another host is considered dead
const takeoverLasts = 10_000 // milliseconds; a takeover itself takes less than one

/**
 * Does `work` under a lock that excludes other set-ups on this cache. If a holder dies, its lock file remains; the next process detects
 * that and takes the lock over.
 * @template T
 * @param {string} path the lock's file
 * @param {() => Promise<T>} work
 * @param {{ poll?: number }} [options] milliseconds between two checks of a lock that is held
 * @returns {Promise<T>}
 */
export async function withLock(path, work, { poll = 1_000 } = {}) {
  mkdirSync(dirname(path), { recursive: true })
  for (let announced = false; !take(path); await wait(poll)) {
    if (isAbandoned(path)) clear(path)
    else if (!announced) {
      announced = true
      notice('Another set-up is at work on the same cache: waiting for it to finish.')
    }
  }
  const beat = setInterval(() => existsSync(path) && utimesSync(path, new Date(), new Date()), heartbeat)
  beat.unref()
  // With `force`: if the cache was emptied meanwhile, finished work must not fail.
  const release = () => rmSync(path, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    process.off('exit', release)
    release()
  }
}

/**
 * @param {string} path
 * @returns {boolean}
 */
function take(path) {
  try {
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname() }), { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * @param {string} path
 * @returns {boolean} true if the holder is dead; false also if the lock was released meanwhile
 */
export function isAbandoned(path) {
  let holder
  let age
  try {
    age = Date.now() - statSync(path).mtimeMs
    holder = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    // Not JSON: its writer died between creating and filling it, or is just filling it.
    return age !== undefined && age > heartbeat
  }
  if (holder?.host !== hostname() || !Number.isInteger(holder?.pid)) return age > silence
  try {
    process.kill(holder.pid, 0)
    return false
  } catch (error) {
    return codeOf(error) === 'ESRCH'
  }
}

/**
 * Removes a dead holder's file. Guarded by creating a folder, which is atomic: if two waiting processes both detect the dead holder, the
 * slower one must not remove the lock that the faster one has just taken.
 * @param {string} path
 */
function clear(path) {
  const guard = `${path}.takeover`
  try {
    mkdirSync(guard)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    const made = statSync(guard, { throwIfNoEntry: false })
    if (made !== undefined && Date.now() - made.mtimeMs > takeoverLasts) rmdirSync(guard)
    return
  }
  try {
    if (isAbandoned(path)) rmSync(path, { force: true })
  } finally {
    rmdirSync(guard)
  }
}

/**
 * @param {unknown} error
 * @returns {string | undefined}
 */
function codeOf(error) {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
