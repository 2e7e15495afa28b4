import bash from '../../completions/latchkey.bash' with { type: 'text' }
import fish from '../../completions/latchkey.fish' with { type: 'text' }
import zsh from '../../completions/_latchkey' with { type: 'text' }

/** By shell. The files' texts are embedded in the executable. */
export const scripts: ReadonlyMap<string, string> = new Map([
  ['bash', bash],
  ['fish', fish],
  ['zsh', zsh],
])
