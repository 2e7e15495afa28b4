import type { EventEmitter } from 'node:events'
import { DBusError, Message, type MessageBus, sessionBus } from '@jellybrick/dbus-next'
import { withDeadline } from '../../shared/deadline.ts'

/** How long the bus, and each program called on it, may take to answer, in milliseconds: D-Bus gives a service as long to start. */
const replyTimeoutMs = 25_000

/** No bus, or the bus or the peer timed out. */
export class BusFailure extends Error {
  readonly kind: 'no-bus' | 'timeout'

  constructor(kind: 'no-bus' | 'timeout') {
    super(kind)
    this.kind = kind
  }
}

export interface MethodCall {
  readonly to: string
  readonly path: string
  readonly interfaceName: string
  readonly member: string
  readonly signature?: string
  readonly body?: unknown[]
}

/**
 * Opens a connection to the session bus for `work`, and always closes it again.
 * @param deadline for connecting and the work together, in milliseconds
 * @throws BusFailure, and what `work` throws
 */
export async function onSessionBus<T>(work: (bus: MessageBus) => Promise<T>, deadline: number): Promise<T> {
  const connection = openBus(sessionBus, deadline)
  try {
    return await withDeadline(connection.then(work), deadline, timedOut)
  } finally {
    connection.then((bus) => bus.disconnect()).catch(() => {}) // the failure was thrown above, and there is nothing to close
  }
}

/**
 * Opens a connection that lasts until it is closed. The library reports a missing bus by an `error` event that its types do not list.
 * @param kind `sessionBus` or `systemBus`
 * @throws BusFailure
 */
export async function openBus(kind: () => MessageBus, deadline = replyTimeoutMs): Promise<MessageBus> {
  const bus = kind()
  const connected = new Promise<MessageBus>((resolve, reject) => {
    const emitter: EventEmitter = bus
    // Not `once`: a bus that fails later emits `error` again, and an `error` event without a listener ends the process.
    emitter.on('error', () => reject(new BusFailure('no-bus')))
    emitter.once('connect', () => resolve(bus))
  })
  return withDeadline(connected, deadline, () => {
    bus.disconnect()
    return timedOut()
  })
}

/** @returns the body of the reply. @throws DBusError if the peer answers with an error; BusFailure `timeout` if nobody answers */
export async function callMethod(
  bus: MessageBus,
  { to, path, interfaceName, member, signature = '', body = [] }: MethodCall,
): Promise<unknown[]> {
  const sent = bus.call(new Message({ destination: to, path, interface: interfaceName, member, signature, body }))
  const reply = await withDeadline(sent, replyTimeoutMs, timedOut)
  if (reply === null) throw new Error('no reply')
  return reply.body
}

function timedOut(): never {
  throw new BusFailure('timeout')
}

/** @returns the D-Bus name of the peer's error, as `org.freedesktop.DBus.Error.NoReply`; '' for any other error */
export function dbusErrorName(error: unknown): string {
  return error instanceof DBusError ? error.type : ''
}
