import { runOnStage } from './app/stage.mjs'
import { typescriptProgram } from './app/typescript-program.mjs'
import { script } from './process/script.mjs'

const help = `npm run fuzz -- [--frames N] [--seed S] [--lanes L] [--host]

Sends messages to the app's agent of which most make no sense: as programs, as browsers, and as a paired extension that was taken
over. The last line is one JSON object: frames sent, crashes, values that were given to somebody who may not have them, and values
given to who may, which show that the others would have been seen. Ends with 1 if there were any.

  --frames N   how many messages (default 100000)
  --seed S     a number that decides what is sent (default: a random one, which is told)
  --lanes L    conversations at a time (default 16)
  --host       through the native messaging host that the browsers start, instead of straight to the socket`

await script(help, (args) => runOnStage(() => typescriptProgram('test/fuzz/frames.ts', args)))
