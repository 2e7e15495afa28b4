import { buildAndRunInSession } from './app/build-and-run.mjs'
import { typescriptProgram } from './app/typescript-program.mjs'
import { script } from './process/script.mjs'

const help = `npm run fuzz -- [PART...] [--messages N] [--seed S]

Sends random messages, most of them malformed, and looks for crashes, for checks that were bypassed, and for values that were given to
somebody who may not have them. Ends with 1 if it found any of these, or if nobody who may have a value got one: then the search for values
proves nothing. The last line is one JSON object. Without a PART, all parts run one after the other.

  ipc       to every channel of the real app, from its windows and from forged senders (100000 per channel)
  backend   to the backend, called directly and over HTTP (100000)
  app       to the pages' scheme: addresses that try to leave its folder; every file that is read is recorded (10000)
  frames    to the app's agent, as programs, as browsers and as a compromised extension that is paired: over the socket, then
            through the native messaging host (100000 each)

  --messages N   how many messages, in place of these numbers
  --seed S       the seed of the messages (default: a random one, which is printed)
  --through W    for frames: one of the two ways only, socket or host
  --frames N     the same as: frames --messages N`

await script(help, (args) => buildAndRunInSession(() => typescriptProgram('test/fuzz/program.ts', args)))
