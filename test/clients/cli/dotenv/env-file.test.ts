import { describe, expect, it } from 'vitest'
import { parseEnvFile } from '../../../../clients/cli/dotenv/env-file.ts'
import { Fault } from '../../../../clients/cli/output/fault.ts'

function read(text: string | Buffer): Record<string, string> {
  return Object.fromEntries(parseEnvFile(Buffer.from(text), 'app.env').map(({ name, value }) => [name, value]))
}

function faultIn(text: string | Buffer): string {
  try {
    read(text)
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
  throw new Error('nothing was refused')
}

const unset = 'app.env, line 1: HOME is not set above in this file, and other variables are not put in. Single quotes keep a $ as it is.'
/** Each variable is the previous one, twice. */
const grows = ['V0=x', ...Array.from({ length: 24 }, (_, at) => `V${at + 1}=$V${at}$V${at}`)].join('\n')

describe('an env file', () => {
  it.each<[string, string, Record<string, string>]>([
    ['names and values', 'A=1\nB_2=two', { A: '1', B_2: 'two' }],
    ['no line', '', {}],
    ['blank lines and comments', '\n  # all\nA=1 # one\n\n\t\nB=2\n', { A: '1', B: '2' }],
    ['export, and spaces around the equals sign', 'export A=1\nB = 2\n  C\t=\t3  ', { A: '1', B: '2', C: '3' }],
    ['empty values', 'A=\nB=""\nC=\'\'\nD= # none', { A: '', B: '', C: '', D: '' }],
    ['single quotes, in which every character is literal', 'A=\'$B \\n "x" # y\'', { A: '$B \\n "x" # y' }],
    ['double quotes, with escapes', String.raw`A="x\ty\n\"\\\$B\r" # z`, { A: 'x\ty\n"\\$B\r' }],
    ['values of several lines', 'A="one\ntwo"\nB=\'three\nfour\'', { A: 'one\ntwo', B: 'three\nfour' }],
    ['spaces within a bare value', 'A=one two  three   ', { A: 'one two  three' }],
    ['# within a bare value', 'A=one#two', { A: 'one#two' }],
    ['= in a value', 'A=b=c==', { A: 'b=c==' }],
    ['references', 'A=latchkey://This%20computer/payments', { A: 'latchkey://This%20computer/payments' }],
    ['the line ends of Windows', 'A=1\r\nB="x\r\ny"\r\n', { A: '1', B: 'x\ny' }],
    ['a byte order mark', '\ufeffA=1', { A: '1' }],
    ['letters beyond ASCII', 'A=é€😀', { A: 'é€😀' }],
    [
      'several exports in one line',
      'export A=1 B=two C="x y" # z\nexport D=a b\nE=1 F=2',
      { A: '1', B: 'two', C: 'x y', D: 'a b', E: '1 F=2' },
    ],
    ['variables that it sets above', 'A=a\nB="${A}-$A\\$A"\nC=x${B}\nD=\'$A\'', { A: 'a', B: 'a-a$A', C: 'xa-a$A', D: '$A' }],
    ['the line ends of old Macs', 'A=1\rB=2\r', { A: '1', B: '2' }],
    ['a $ before a digit or at the end', 'A=5$\nB=$5', { A: '5$', B: '$5' }],
  ])('may have %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it.each<[string, string | Buffer, string]>([
    ['a line without an equals sign', 'A=1\nB', 'app.env, line 2: this is not NAME=VALUE.'],
    ['a name that shells do not accept', '\n2A=1', 'app.env, line 2: this is not NAME=VALUE.'],
    ['a name with a dash', 'A-B=1', 'app.env, line 1: this is not NAME=VALUE.'],
    ['a name twice', 'A=1\n\nA=2', 'app.env, line 3: A was set already, in line 1.'],
    ['an open double quote', 'A="one\nB=2', 'app.env, line 1: the quote that begins the value of A is not closed.'],
    ['an open single quote', "A='one", 'app.env, line 1: the quote that begins the value of A is not closed.'],
    ['something after a quote', 'A="one"two', 'app.env, line 1: something follows the closing quote of A.'],
    ['a quote within a bare value', "A=don't", 'app.env, line 1: a value with quotes, backslashes or $( in it needs quotes around it.'],
    ['a variable in a bare value', 'A=$HOME/x', unset],
    ['a variable in double quotes', 'A="${HOME}"', unset],
    ['a # at the start of a bare value', 'A=#1', 'app.env, line 1: a value that begins with # needs quotes around it.'],
    ['a command in double quotes', 'A="`id`"', 'app.env, line 1: commands are not run; write \\` and \\$, or use single quotes.'],
    ['a command in a bare value', 'A=$(id)', 'app.env, line 1: a value with quotes, backslashes or $( in it needs quotes around it.'],
    ['backticks', 'A=`one`', 'app.env, line 1: a shell runs what is in backticks; use single or double quotes.'],
    ['a default for a variable', 'A="${HOME:-x}"', unset],
    [
      'a variable that is set below',
      'A=1\nB=${C}\nC=2',
      'app.env, line 2: C is not set above in this file, and other variables are not put in. Single quotes keep a $ as it is.',
    ],
    ['variables that make a value too long', grows, 'app.env, line 21: the value of V20 is too long.'],
    ['an unknown escape', 'A="\\x41"', 'app.env, line 1: a backslash in double quotes begins \\n, \\r, \\t, \\", \\$, \\` or \\\\.'],
    ['a null character', 'A=\0', 'app.env has a null character in it.'],
    ['bytes that are not UTF-8', Buffer.from([65, 61, 0xff]), 'app.env is neither UTF-8 nor UTF-16 text.'],
  ])('may not have %s', (_, text, fault) => {
    expect(faultIn(text)).toBe(fault)
  })

  // As PowerShell's `>` and Notepad write it.
  it('may be UTF-16 of either byte order, with or without a byte order mark', () => {
    const little = (text: string) => Buffer.from(text, 'utf16le')
    for (const mark of ['\ufeff', '']) {
      expect(read(little(`${mark}A=é\r\nB=2`))).toEqual({ A: 'é', B: '2' })
      expect(read(little(`${mark}A=é\r\nB=2`).swap16())).toEqual({ A: 'é', B: '2' })
    }
    expect(faultIn(Buffer.from([0xff, 0xfe, 0x00, 0xd8]))).toBe('app.env is neither UTF-8 nor UTF-16 text.')
  })
})
