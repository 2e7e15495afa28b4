import type { EventEmitter } from 'node:events'
import { DBusError, Message, type MessageBus, sessionBus } from '@jellybrick/dbus-next'
import { withDeadline } from '../../shared/deadline.ts'

/** How long a bus, and each program asked on it, may take to answer, in milliseconds: as long as D-Bus itself lets a service start. */
const patience = 25_000

/** Why the session's D-Bus gave no answer: there is none, or it, or whom it asked, took too long. */
export class BusFailure extends Error {
  readonly kind: 'no-bus' | 'timeout'

  constructor(kind: 'no-bus' | 'timeout') {
    super(kind)
    this.kind = kind
  }
}

export interface Question {
  readonly to: string
  readonly path: string
  readonly face: string
  readonly member: string
  readonly signature?: string
  readonly body?: unknown[]
}

/**
 * Works on a connection of its own to the session's bus, which is closed again on every path.
 * @param deadline for all of it, in milliseconds
 * @throws BusFailure, and what `work` throws
 */
export async function onSessionBus<T>(work: (bus: MessageBus) => Promise<T>, deadline: number): Promise<T> {
  const connection = openBus(sessionBus, deadline)
  try {
    return await withDeadline(connection.then(work), deadline, timedOut)
  } finally {
    connection.then((bus) => bus.disconnect()).catch(() => {}) // told above; there is nothing to close
  }
}

/**
 * A connection that lasts until it is closed. The library says that there is no bus by an `error` event that its types do not list.
 * @param kind `sessionBus` or `systemBus`
 * @throws BusFailure
 */
export async function openBus(kind: () => MessageBus, deadline = patience): Promise<MessageBus> {
  const bus = kind()
  const connected = new Promise<MessageBus>((resolve, reject) => {
    const emitter: EventEmitter = bus
    // Not `once`: a bus that goes down later says so too, and an `error` nobody hears ends the process.
    emitter.on('error', () => reject(new BusFailure('no-bus')))
    emitter.once('connect', () => resolve(bus))
  })
  return withDeadline(connected, deadline, () => {
    bus.disconnect()
    return timedOut()
  })
}

/** @throws DBusError with the error that was answered; BusFailure `timeout` if nobody answers */
export async function ask(bus: MessageBus, { to, path, face, member, signature = '', body = [] }: Question): Promise<unknown[]> {
  const asked = bus.call(new Message({ destination: to, path, interface: face, member, signature, body }))
  const reply = await withDeadline(asked, patience, timedOut)
  if (reply === null) throw new Error('no reply')
  return reply.body
}

function timedOut(): never {
  throw new BusFailure('timeout')
}

/** @returns the D-Bus name of the error that was answered, as `org.freedesktop.DBus.Error.NoReply`; '' for any other error */
export function answeredError(error: unknown): string {
  return error instanceof DBusError ? error.type : ''
}
