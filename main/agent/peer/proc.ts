import { readFileSync, readlinkSync, statSync } from 'node:fs'
import type { SeenProcess } from '../../vault/model/requester.ts'
import type { Peer, Process } from './peer.ts'
import { isScriptRunner } from './script-runners.ts'
import { orElse } from '../../../shared/or-else.ts'

/**
 * Reads the peer's identity from /proc on Linux.
 * @param command the path of our own command, which asks on behalf of the program that started it
 * @throws Error if the process is gone or not readable, as another user's
 */
export function readPeer(pid: number, command: string): Peer {
  const stat = statOf(pid)
  const own = { pid, started: stat.started, program: programOf(pid) }
  const caller = isFile(pid, command) ? (parentOf(stat) ?? own) : own
  const peer = { own, caller, folder: readlinkSync(`/proc/${pid}/cwd`), terminal: terminalOf(stat), session: sessionOf(pid, stat) }
  // Read again: only if nothing has changed, all of the above is of one process, and its parent is the one that was read.
  const again = statOf(pid)
  if (again.started !== stat.started || again.parent !== stat.parent) throw new Error('the process has changed')
  return peer
}

/** @throws Error if it is gone */
export function readSeen({ pid, started }: Process): SeenProcess {
  const booted = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'latin1'))?.[1])
  if (!Number.isFinite(booted)) throw new Error('the system does not tell when it was started')
  return { pid, startedAt: booted * 1000 + Number(started) * millisecondsInTick, startedBy: programBehindRunners(pid) }
}

/** The unit of times in /proc, on every Linux. */
const millisecondsInTick = 10
/** A limit against endless loops; nobody nests so many shells. */
const maxDepth = 64

function programBehindRunners(pid: number): string | null {
  let above = processAbove(pid)
  for (let depth = 0; above !== null && depth < maxDepth; depth += 1) {
    if (!isScriptRunner(above.program)) return above.program
    above = processAbove(above.pid)
  }
  return null
}

function processAbove(pid: number): Process | null {
  return orElse(() => parentOf(statOf(pid)), null) // it has ended meanwhile
}

interface Stat {
  readonly parent: number
  /** The number of its session's leader. */
  readonly session: number
  /** A device number; 0 for none. */
  readonly terminal: number
  /** Clock ticks since the computer's start. */
  readonly started: string
}

function statOf(pid: number): Stat {
  const line = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The field before, in brackets, is a name that the program chose, and may contain blanks and brackets.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const [parent, session, terminal, started] = [fields[1], fields[3], fields[4], fields[19]]
  if (started === undefined) throw new Error('not a process')
  return { parent: Number(parent), session: Number(session), terminal: Number(terminal), started }
}

/** Null for a parent that is not readable, as a system service that starts programs for users. */
function parentOf({ parent }: Stat): Process | null {
  return orElse(() => ({ pid: parent, started: statOf(parent).started, program: programOf(parent) }), null)
}

/**
 * The kernel adds ` (deleted)` if the file was replaced. A path in a container or another private file system is marked, because it is not
 * the program that we have at that path: any program can create such a file system with itself at the path of another.
 */
function programOf(pid: number): string {
  const path = readlinkSync(`/proc/${pid}/exe`)
  return path.endsWith(' (deleted)') || isFile(pid, path) ? path : `${path} (in a container)`
}

/** Whether a process runs the file that we find at a path. */
function isFile(pid: number, path: string): boolean {
  const running = statSync(`/proc/${pid}/exe`)
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && found.dev === running.dev && found.ino === running.ino
}

/** The kernel splits a device's minor number around its major one. */
function terminalOf({ terminal }: Stat): string | null {
  if (terminal === 0) return null
  const major = (terminal >> 8) & 0xff
  const minor = (terminal & 0xff) | ((terminal >>> 12) & 0xfff00)
  if (major >= 136 && major <= 143) return `pts/${(major - 136) * 256 + minor}`
  return major === 4 && minor < 64 ? `tty${minor}` : `${major}:${minor}`
}

/**
 * If the session's leader has ended, the session is identified by the process itself, so that no other process counts as the same session.
 */
function sessionOf(pid: number, { session, started }: Stat): string {
  return orElse(() => `${session}:${statOf(session).started}`, `${session}:ended:${pid}:${started}`)
}
