import { isLoopbackAddress } from '../shared/loopback.ts'
import { openBackend } from './backend.ts'
import { BackendFailure } from './failure.ts'
import { describeFault } from './fault.ts'
import { newSmtpMail } from './mail/smtp.ts'
import { ArgumentError, readArguments, usage, type ServeArguments } from './serving/arguments.ts'
import { listen } from './serving/listener.ts'

/** The backend as a program. Exit status 0 after SIGTERM or SIGINT, 1 if it cannot run, 2 if its arguments are wrong. */
try {
  const asked = readArguments(process.argv.slice(2), process.env)
  if (asked === null) process.stdout.write(usage)
  else await serve(asked)
} catch (error) {
  const known = error instanceof ArgumentError || error instanceof BackendFailure
  log(known ? error.message : `cannot serve: ${describeFault(error)}`)
  const arguments_ = error instanceof ArgumentError || (error instanceof BackendFailure && error.code === 'options-invalid')
  process.exitCode = arguments_ ? 2 : 1
}

async function serve(asked: ServeArguments): Promise<void> {
  const backend = await openBackend({
    dataDir: asked.dataDir,
    appId: asked.appId,
    anonymous: asked.anonymous,
    log,
    ...(asked.publicUrl === undefined ? {} : { origin: asked.publicUrl }),
    ...(asked.smtp === undefined ? {} : { mail: newSmtpMail(asked.smtp.url, asked.smtp.from) }),
    ...(asked.customToken === undefined ? {} : { customToken: asked.customToken }),
  })
  let listener
  try {
    listener = await listen(backend, asked)
  } catch (error) {
    await backend.close()
    throw error
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(listener, backend))
  if (!isLoopbackAddress(asked.host) && asked.publicUrl?.startsWith('https:') !== true) {
    log('passwords and keys cross the network in clear: put a TLS proxy before this server and give --public-url https://…')
  }
  process.stdout.write(`${JSON.stringify({ ready: true, url: listener.url, appId: asked.appId })}\n`)
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
