import { isLoopbackAddress } from '../shared/loopback.ts'
import { openBackend } from './backend.ts'
import { BackendFailure } from './failure.ts'
import { describeFault } from './fault.ts'
import { newSmtpMail } from './mail/smtp.ts'
import { ArgumentError, readArguments, readServiceArguments, usage, type ServeArguments } from './serving/arguments.ts'
import { listen } from './serving/listener.ts'
import { runServiceCommand } from './serving/service-command.ts'

/**
 * The backend as a program, and the operator's command for its services. Exit status 0 after SIGTERM or SIGINT, 1 if it cannot run, 2 if its
 * arguments are wrong.
 */
try {
  const [first, ...rest] = process.argv.slice(2)
  if (first === 'service') runServiceCommand(readServiceArguments(rest), { print, log })
  else {
    const args = readArguments(process.argv.slice(2), process.env)
    if (args === null) process.stdout.write(usage)
    else await serve(args)
  }
} catch (error) {
  const known = error instanceof ArgumentError || error instanceof BackendFailure
  log(known ? error.message : `cannot serve: ${describeFault(error)}`)
  const arguments_ = error instanceof ArgumentError || (error instanceof BackendFailure && error.code === 'options-invalid')
  process.exitCode = arguments_ ? 2 : 1
}

async function serve(args: ServeArguments): Promise<void> {
  const backend = await openBackend({
    dataDir: args.dataDir,
    appId: args.appId,
    anonymous: args.anonymous,
    log,
    ...(args.keyPrefix === undefined ? {} : { keyPrefix: args.keyPrefix }),
    ...(args.publicUrl === undefined ? {} : { origin: args.publicUrl }),
    ...(args.smtp === undefined ? {} : { mail: newSmtpMail(args.smtp.url, args.smtp.from) }),
    ...(args.customToken === undefined ? {} : { customToken: args.customToken }),
  })
  let listener
  try {
    listener = await listen(backend, args)
  } catch (error) {
    await backend.close()
    throw error
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(listener, backend))
  if (!isLoopbackAddress(args.host) && args.publicUrl?.startsWith('https:') !== true) {
    log('passwords and keys cross the network in clear: put a TLS proxy before this server and give --public-url https://…')
  }
  print(JSON.stringify({ ready: true, url: listener.url, appId: args.appId }))
}

async function stop(listener: { close(): Promise<void> }, backend: { close(): Promise<void> }): Promise<void> {
  // A mail that is being sent may take longer than a service manager waits: it is aborted, and can be requested again.
  setTimeout(() => process.exit(0), 1700).unref()
  await listener.close()
  await backend.close()
  process.exit(0)
}

function log(line: string): void {
  process.stderr.write(`${line}\n`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
