import { url as debuggerUrl } from 'node:inspector'
import type { Socket } from 'node:net'
import type { CommandInput, CommandName, CommandOutput, CommandRequest } from '../../shared/protocol/command.ts'
import { encodeFrame, FrameReader } from '../../shared/protocol/frames.ts'
import { holderOf } from '../../app-connection/holder.ts'
import { reach } from '../../app-connection/reach.ts'
import { type Whereabouts, whereabouts } from '../../app-connection/whereabouts.ts'
import { answers, parseEnvelope } from './answers.ts'
import { exits } from '../output/exit-status.ts'
import { Fault, Refused, strange } from '../output/fault.ts'

/** The timeout for an answer, in milliseconds: longer than a prompt stays open, with the maximum number of prompts queued before it. */
const patience = 6 * 60_000
/** After this time the user is told what the command is waiting for. Milliseconds. */
const shortWait = 400
/** The calls that show a prompt. */
const asking: readonly CommandName[] = ['get', 'run', 'inject', 'copy']

/**
 * Sends one call to the running app. Starts the app first, if that is allowed.
 * @throws Refused with the app's code; Unreached; Fault
 */
export async function askApp<N extends CommandName>(
  call: N,
  input: CommandInput<N>,
  { start }: { start: boolean },
): Promise<CommandOutput<N>> {
  // A debugger could read the values. It may be attached through the environment, or by a signal that came before our handler was in place.
  if (debuggerUrl() !== undefined) throw new Fault(exits.fault, 'A debugger is attached to this command.', 'Start it without one.')
  const where = whereabouts(process.env, process.platform)
  try {
    return await askOnce(where, call, input, start)
  } catch (error) {
    // A lock ends the app in the middle of a call and restarts it in the same process: the call is repeated, and answered with `locked`.
    if (!(error instanceof Unanswered) || holderOf(where.profile, where.platform) === null) throw error
    return askOnce(where, call, input, false)
  }
}

/** The connection ended without an answer. */
class Unanswered extends Fault {
  constructor() {
    super(exits.unreached, 'Latchkey ended the connection without an answer.', 'Look whether it is still running, and try again.')
  }
}

async function askOnce<N extends CommandName>(
  where: Whereabouts,
  call: N,
  input: CommandInput<N>,
  start: boolean,
): Promise<CommandOutput<N>> {
  const socket = await reach(where, start)
  const waiting = setTimeout(tellWaiting, shortWait, call)
  try {
    return await exchange(socket, call, input)
  } finally {
    clearTimeout(waiting)
    socket.destroy()
  }
}

function exchange<N extends CommandName>(socket: Socket, call: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
  const id = 1
  const request: CommandRequest<N> = { id, call, input }
  const reader = new FrameReader()
  return new Promise((resolve, reject) => {
    const broken = () => reject(new Unanswered())
    socket.setTimeout(patience, broken)
    socket.once('error', broken)
    socket.once('close', broken)
    socket.on('data', (chunk) => {
      try {
        for (const message of reader.push(chunk)) {
          const envelope = parseEnvelope(message)
          if (envelope === null || (envelope.id !== null && envelope.id !== id)) throw strange()
          if ('code' in envelope) throw new Refused(envelope.code)
          if (!answers[call](envelope.value)) throw strange()
          resolve(envelope.value)
        }
      } catch (error) {
        reject(error instanceof Refused ? error : strange())
      }
    })
    socket.write(Buffer.concat([encodeFrame({ kind: 'command', version: 1 }), frameOf(request)]))
  })
}

function frameOf(request: CommandRequest): Buffer {
  try {
    return encodeFrame(request)
  } catch {
    throw new Fault(exits.usage, 'That is more than can be asked for at once.')
  }
}

function tellWaiting(call: CommandName): void {
  if (asking.includes(call) && process.stderr.isTTY) process.stderr.write('Latchkey asks you in its window.\n')
}
