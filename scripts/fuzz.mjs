import { buildAndRunInSession } from './app/build-and-run.mjs'
import { typescriptProgram } from './app/typescript-program.mjs'
import { script } from './process/script.mjs'

const help = `npm run fuzz -- [PART...] [--messages N] [--seed S]

Sends messages of which most make no sense, and looks for crashes, for ways past a check, and for values given to somebody who may not
have them. The last line is one JSON object. Ends with 1 if there was one of these, or if no value came back to who may have it, which
shows that the others would have been seen. Without a PART, all of them one after the other.

  ipc       to every channel of the real app, as its windows send them and as nobody may (100000 a channel)
  backend   to the backend, at its own door and over HTTP (100000)
  app       for addresses of the pages' scheme that may lead out of their folder; which files are read is watched (10000)
  frames    to the app's agent: as programs, as browsers and as a paired extension that was taken over; straight to the socket,
            then through the native messaging host that browsers start (100000 each way)

  --messages N   how many, in place of those
  --seed S       a number that decides what is sent (default: a random one, which is told)
  --through W    of frames, one of the two ways alone: socket or host
  --frames N     the same as frames --messages N`

await script(help, (args) => buildAndRunInSession(() => typescriptProgram('test/fuzz/program.ts', args)))
