import { printError } from '../output/output.ts'

const interrupt = '\x03'
const endOfInput = '\x04'
const eraseAll = '\x15'
const erase = ['\x7f', '\b']
const lineEnds = ['\r', '\n']

/** Reads a line from the terminal without showing it. @returns the line; the text until then at the end of the input */
export function readHidden(question: string): Promise<string> {
  const { stdin } = process
  printError(question)
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  return new Promise((resolve) => {
    let line: string[] = []
    const end = (): void => {
      stdin.off('data', read).off('end', finish)
      stdin.setRawMode(false)
      stdin.pause()
      printError('\n')
    }
    const finish = (): void => (end(), resolve(line.join('')))
    const read = (text: string): void => {
      for (const character of text) {
        if (lineEnds.includes(character) || character === endOfInput) return finish()
        if (character === interrupt) return (end(), void process.kill(process.pid, 'SIGINT'))
        if (erase.includes(character)) line.pop()
        else if (character === eraseAll) line = []
        else line.push(character)
      }
    }
    stdin.on('data', read).on('end', finish)
  })
}
