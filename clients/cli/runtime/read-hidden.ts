import { printError } from '../output/output.ts'
import { usage } from '../output/fault.ts'

const interrupt = '\x03'
const endOfInput = '\x04'
const eraseAll = '\x15'
const erase = ['\x7f', '\b']
const lineEnds = ['\r', '\n']
/** How long nothing may come after a line end before it counts as typed. Of a pasted text, the next lines follow sooner. Milliseconds. */
const quietMs = 150

/**
 * Reads a line from the terminal without showing it.
 * @returns the line; the text until then at the end of the input
 * @throws Fault for several lines and for control characters. What follows a line is read and dropped: the shell would run it
 */
export function readHidden(question: string): Promise<string> {
  const { stdin } = process
  // Raw mode comes before the question: a person may paste as soon as the question is there, and the terminal would show the value.
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  printError(question)
  return new Promise((resolve, reject) => {
    let line: string[] = []
    let isWhole = false
    let fault: string | null = null
    let timer: NodeJS.Timeout | undefined
    const end = (): void => {
      clearTimeout(timer)
      stdin.off('data', read).off('end', finish)
      stdin.setRawMode(false)
      stdin.pause()
      printError('\n')
    }
    const finish = (): void => {
      end()
      if (fault === null) resolve(line.join(''))
      else reject(usage(fault, 'Pipe it into latchkey add.'))
    }
    const take = (character: string): void => {
      if (isWhole && !lineEnds.includes(character)) fault = 'The value has several lines.'
      else if (lineEnds.includes(character) || character === endOfInput) isWhole = true
      else if (erase.includes(character)) line.pop()
      else if (character === eraseAll) line = []
      else if (character < ' ' && character !== '\t') fault ??= 'The value has control characters, such as those of arrow keys.'
      else line.push(character)
    }
    const read = (text: string): void => {
      if (text.includes(interrupt)) return (end(), void process.kill(process.pid, 'SIGINT'))
      for (const character of text) take(character)
      if (!isWhole) return
      clearTimeout(timer)
      timer = setTimeout(finish, quietMs)
    }
    stdin.on('data', read).on('end', finish)
  })
}
