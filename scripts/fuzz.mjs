import { runOnStage } from './app/stage.mjs'
import { typescriptProgram } from './app/typescript-program.mjs'
import { script } from './process/script.mjs'

const help = `npm run fuzz -- [--frames N] [--seed S] [--through socket|host]

Sends messages to the app's agent of which most make no sense: as programs, as browsers, and as a paired extension that was taken
over; straight to the socket, then through the native messaging host that browsers start. The last line is one JSON object: frames
sent, crashes, values that were given to somebody who may not have them, and values given to who may, which show that the others
would have been seen. Ends with 1 if there was a crash or such a value.

  --frames N    how many messages each way (default 100000)
  --seed S      a number that decides what is sent (default: a random one, which is told)
  --through W   one of the two ways alone`

await script(help, (args) => runOnStage(() => typescriptProgram('test/fuzz/frames.ts', args)))
