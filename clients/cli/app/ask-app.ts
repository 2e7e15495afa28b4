import type { CommandInput, CommandName, CommandOutput, CommandRequest } from '../../shared/protocol/command.ts'
import { encodeFrame, FrameReader } from '../../shared/protocol/frames.ts'
import { lockHolder } from '../../app-connection/lock-holder.ts'
import { connectToApp } from '../../app-connection/connect.ts'
import { type AppLocation, locateApp } from '../../app-connection/app-location.ts'
import { answers, parseEnvelope } from './answers.ts'
import { type AppSocket, openAppSocket } from './app-socket.ts'
import { exitStatus } from '../output/exit-status.ts'
import { Fault, Refused, unexpectedAnswer } from '../output/fault.ts'
import { isTerminal, printError, standardError } from '../output/output.ts'

/** The timeout for an answer, in milliseconds: longer than a prompt stays open, with the maximum number of prompts queued before it. */
const answerTimeoutMs = 6 * 60_000
/** After this time the user is told what the command is waiting for. Milliseconds. */
const shortWait = 400
/** The calls that show a prompt. */
const asking: readonly CommandName[] = ['get', 'run', 'inject', 'login', 'copy', 'add']

/**
 * Sends one call to the running app. Starts the app first, if that is allowed.
 * @param meanwhile is called while the app works on it. It may be called again
 * @throws Refused with the app's code; AppUnreachable; Fault
 */
export async function askApp<N extends CommandName>(
  call: N,
  input: CommandInput<N>,
  { start, meanwhile }: { start: boolean; meanwhile?: () => void },
): Promise<CommandOutput<N>> {
  const where = locateApp(process.env, process.platform)
  try {
    return await askOnce(where, call, input, start, meanwhile)
  } catch (error) {
    // A lock ends the app in the middle of a call and restarts it in the same process: the call is repeated, and answered with `locked`.
    if (!(error instanceof Unanswered) || (await lockHolder(where.profile, where.platform)) === null) throw error
    return askOnce(where, call, input, false)
  }
}

/** The connection ended without an answer. */
class Unanswered extends Fault {
  constructor() {
    super(exitStatus.unreached, 'Latchkey ended the connection without an answer.', 'Look whether it is still running, and try again.')
  }
}

async function askOnce<N extends CommandName>(
  where: AppLocation,
  call: N,
  input: CommandInput<N>,
  start: boolean,
  meanwhile?: () => void,
): Promise<CommandOutput<N>> {
  const socket = await connectToApp(where, start, openAppSocket)
  const waiting = setTimeout(tellWaiting, shortWait, call)
  const tooLong = setTimeout(() => socket.destroy(), answerTimeoutMs)
  try {
    const answer = exchange(socket, call, input)
    meanwhile?.()
    return await answer
  } finally {
    clearTimeout(waiting)
    clearTimeout(tooLong)
    socket.destroy()
  }
}

function exchange<N extends CommandName>(socket: AppSocket, call: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
  const id = 1
  const request: CommandRequest<N> = { id, call, input }
  const reader = new FrameReader()
  return new Promise((resolve, reject) => {
    const data = (chunk: Uint8Array): void => {
      try {
        for (const message of reader.push(chunk)) {
          const envelope = parseEnvelope(message)
          if (envelope === null || (envelope.id !== null && envelope.id !== id)) throw unexpectedAnswer()
          if ('code' in envelope) throw new Refused(envelope.code)
          if (!answers[call](envelope.value)) throw unexpectedAnswer()
          resolve(envelope.value)
        }
      } catch (error) {
        reject(error instanceof Refused ? error : unexpectedAnswer())
      }
    }
    socket.listen({ data, ended: () => reject(new Unanswered()) })
    socket.write(Buffer.concat([encodeFrame({ kind: 'command', version: 1 }), frameOf(request)]))
  })
}

function frameOf(request: CommandRequest): Buffer {
  try {
    return encodeFrame(request)
  } catch {
    throw new Fault(exitStatus.usage, 'That is more than can be asked for at once.')
  }
}

function tellWaiting(call: CommandName): void {
  if (asking.includes(call) && isTerminal(standardError)) printError('Latchkey asks you in its window.\n')
}
