import { Lexer, parse, Parser } from 'yaml'
import { Refusal } from '../../../vault/refusal.ts'

/** A file of settings has a few kilobytes, and is a few levels deep. */
const maxLength = 64 * 1024
const maxDepth = 50
/** Expanding aliases of aliases grows exponentially. */
const maxAliasCount = 100

/**
 * Parses YAML. All scalars are text, as they are in the file: a token of digits is not a number.
 * @throws Refusal `import-invalid`, whose cause is not kept: the library's errors quote the file
 */
export function readYaml(text: string): unknown {
  if (text.length > maxLength) throw new Refusal('import-invalid')
  try {
    requireShallow(text)
    return parse(text, { schema: 'failsafe', maxAliasCount, logLevel: 'error', prettyErrors: false }) as unknown
  } catch {
    throw new Refusal('import-invalid')
  }
}

/**
 * Values in values are parsed by recursion. A file that is deep enough to use up the stack would end the whole process, because the engine
 * does not survive compiling a pattern there. The library's first stage does not recurse, and shows how deep the file is.
 */
function requireShallow(text: string): void {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme)) // whole documents, which are not needed
    if (parser.stack.length > maxDepth) throw new Refusal('import-invalid')
  }
}
