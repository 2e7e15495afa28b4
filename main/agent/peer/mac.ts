import { statSync } from 'node:fs'
import type { LibraryHandle } from 'koffi'
import type { Kernel } from './kernel.ts'
import type { SeenProcess } from '../../vault/model/requester.ts'
import type { Peer, Process } from './peer.ts'
import { isScriptRunner } from './script-runners.ts'
import type { SocketOptions } from '../socket/socket-options.ts'
import { orElse } from '../../../shared/or-else.ts'

const [localLevel, peerUser, peerPid] = [0, 1, 2] // SOL_LOCAL, LOCAL_PEERCRED, LOCAL_PEERPID
const [basicInfo, folderInfo] = [3, 9] // PROC_PIDTBSDINFO, PROC_PIDVNODEPATHINFO
const noTerminal = 0xffff_ffff

/** Functions of libSystem. They fill a buffer of that many bytes, and return 0 or -1 if they did not. */
interface Calls {
  readonly leader: (pid: number) => number
  readonly path: (pid: number, into: Buffer, length: number) => number
  readonly info: (pid: number, what: number, argument: bigint, into: Buffer, length: number) => number
}

export function openMac(option: SocketOptions, library: LibraryHandle): Kernel {
  const calls: Calls = {
    leader: library.func('int getsid(int)') as Calls['leader'],
    path: library.func('int proc_pidpath(int, void *, uint32_t)') as Calls['path'],
    info: library.func('int proc_pidinfo(int, int, uint64_t, void *, int)') as Calls['info'],
  }
  return {
    credentials(socket) {
      const [, uid] = option(socket, localLevel, peerUser, 19) ?? []
      const [pid] = option(socket, localLevel, peerPid, 1) ?? []
      if (pid === undefined || uid === undefined) throw new Error('no credentials')
      return { pid, uid: uid >>> 0, handle: null }
    },
    peer: (pid, command) => readPeer(calls, pid, command),
    seen: (process) => readSeen(calls, process),
  }
}

function readPeer(calls: Calls, pid: number, command: string): Peer {
  const info = infoOf(calls, pid)
  const own = { pid, started: info.started, program: programOf(calls, pid) }
  const caller = isFile(own.program, command) ? (parentOf(calls, info.parent) ?? own) : own
  const peer = { own, caller, folder: folderOf(calls, pid), terminal: info.terminal, session: sessionOf(calls, own) }
  const again = infoOf(calls, pid)
  if (again.started !== info.started || again.parent !== info.parent) throw new Error('the process has changed')
  return peer
}

function readSeen(calls: Calls, { pid, started }: Process): SeenProcess {
  const [seconds, microseconds] = started.split('.').map(Number)
  return { pid, startedAt: (seconds ?? 0) * 1000 + Math.floor((microseconds ?? 0) / 1000), startedBy: programBehindRunners(calls, pid) }
}

function programBehindRunners(calls: Calls, pid: number): string | null {
  let above = processAbove(calls, pid)
  for (let depth = 0; above !== null && depth < maxDepth; depth += 1) {
    if (!isScriptRunner(above.program)) return above.program
    above = processAbove(calls, above.pid)
  }
  return null
}

/** A limit against endless loops; nobody nests so many shells. */
const maxDepth = 64

function processAbove(calls: Calls, pid: number): Process | null {
  return orElse(() => parentOf(calls, infoOf(calls, pid).parent), null) // it has ended meanwhile
}

/** `struct proc_bsdinfo`. */
function infoOf(calls: Calls, pid: number): { parent: number; terminal: string | null; started: string } {
  const info = Buffer.alloc(136)
  if (calls.info(pid, basicInfo, 0n, info, info.length) !== info.length) throw new Error('not a process')
  const device = info.readUInt32LE(108)
  return {
    parent: info.readUInt32LE(16),
    terminal: device === noTerminal ? null : `ttys${String(device & 0xff_ffff).padStart(3, '0')}`,
    started: `${info.readBigUInt64LE(120)}.${info.readBigUInt64LE(128)}`,
  }
}

/** Null for a parent that is not readable, as a system service that starts programs for users. */
function parentOf(calls: Calls, pid: number): Process | null {
  return orElse(() => ({ pid, started: infoOf(calls, pid).started, program: programOf(calls, pid) }), null)
}

function programOf(calls: Calls, pid: number): string {
  const path = Buffer.alloc(4096)
  const length = calls.path(pid, path, path.length)
  if (length <= 0) throw new Error('not a process')
  return path.toString('utf8', 0, length)
}

/** `struct proc_vnodepathinfo`, which begins with the folder: 152 bytes about it, then its path in 1024. */
function folderOf(calls: Calls, pid: number): string {
  const info = Buffer.alloc(2352)
  if (calls.info(pid, folderInfo, 0n, info, info.length) !== info.length) throw new Error('not a process')
  return info.toString('utf8', 152, info.indexOf(0, 152))
}

function isFile(path: string, command: string): boolean {
  const [running, found] = [path, command].map((one) => statSync(one, { throwIfNoEntry: false }))
  return running !== undefined && found !== undefined && running.dev === found.dev && running.ino === found.ino
}

/**
 * If the session's leader has ended, the session is identified by the process itself, so that no other process counts as the same session.
 */
function sessionOf(calls: Calls, { pid, started }: Process): string {
  const leader = calls.leader(pid)
  return orElse(() => `${leader}:${infoOf(calls, leader).started}`, `${leader}:ended:${pid}:${started}`)
}
