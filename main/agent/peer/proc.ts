import { readFileSync, readlinkSync, statSync } from 'node:fs'
import type { SeenProcess } from '../../vault/model/requester.ts'
import type { Peer, Process } from './peer.ts'
import { isScriptRunner } from './script-runners.ts'

/**
 * Who connected, by what /proc says on Linux.
 * @param command the path of our own command: who that asks for is the program that started it
 * @throws Error if it is gone, or not to be read, as another user's
 */
export function readPeer(pid: number, command: string): Peer {
  const stat = statOf(pid)
  const own = { pid, started: stat.started, program: programOf(pid) }
  const caller = isFile(pid, command) ? (parentOf(stat) ?? own) : own
  const peer = { own, caller, folder: readlinkSync(`/proc/${pid}/cwd`), terminal: terminalOf(stat), session: sessionOf(pid, stat) }
  // All of this was read of one process, and its parent is the one that was looked at, only if it is so still.
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

/** In which /proc tells times, on every Linux. */
const millisecondsInTick = 10
/** More shells in shells than anybody has. */
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
  try {
    return parentOf(statOf(pid))
  } catch {
    return null // it has ended meanwhile
  }
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
  // The program's own choice of a name stands in brackets before, and may hold blanks and brackets.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const [parent, session, terminal, started] = [fields[1], fields[3], fields[4], fields[19]]
  if (started === undefined) throw new Error('not a process')
  return { parent: Number(parent), session: Number(session), terminal: Number(terminal), started }
}

/** Null for a parent that is not to be read, as a server of the system that starts programs for its users. */
function parentOf({ parent }: Stat): Process | null {
  try {
    return { pid: parent, started: statOf(parent).started, program: programOf(parent) }
  } catch {
    return null
  }
}

/**
 * The kernel adds ` (deleted)` when the file was replaced since. A path of a container's or other private file system is another
 * program than ours of that path: a program can make itself such a file system, with itself in the place of any other.
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

/** A session whose leader has ended is nobody's: it is known by the process itself, so that nothing else is taken for it. */
function sessionOf(pid: number, { session, started }: Stat): string {
  try {
    return `${session}:${statOf(session).started}`
  } catch {
    return `${session}:ended:${pid}:${started}`
  }
}
