import { describe, expect, it } from 'vitest'
import { parseEnvFile } from '../../../clients/cli/env-file.ts'
import { Fault } from '../../../clients/cli/fault.ts'

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

describe('an env file', () => {
  it.each<[string, string, Record<string, string>]>([
    ['names and values', 'A=1\nB_2=two', { A: '1', B_2: 'two' }],
    ['nothing', '', {}],
    ['blank lines and comments', '\n  # all\nA=1 # one\n\n\t\nB=2\n', { A: '1', B: '2' }],
    ['export, and spaces around the sign', 'export A=1\nB = 2\n  C\t=\t3  ', { A: '1', B: '2', C: '3' }],
    ['empty values', 'A=\nB=""\nC=\'\'\nD= # none', { A: '', B: '', C: '', D: '' }],
    ['single quotes, in which nothing means anything', 'A=\'$B \\n "x" # y\'', { A: '$B \\n "x" # y' }],
    ['double quotes, with escapes', String.raw`A="x\ty\n\"\\\$B\r" # z`, { A: 'x\ty\n"\\$B\r' }],
    ['values of several lines', 'A="one\ntwo"\nB=\'three\nfour\'', { A: 'one\ntwo', B: 'three\nfour' }],
    ['spaces within a bare value', 'A=one two  three   ', { A: 'one two  three' }],
    ['# within a bare value', 'A=one#two', { A: 'one#two' }],
    ['= in a value', 'A=b=c==', { A: 'b=c==' }],
    ['references', 'A=latchkey://This%20computer/payments', { A: 'latchkey://This%20computer/payments' }],
    ['the line ends of Windows', 'A=1\r\nB="x\r\ny"\r\n', { A: '1', B: 'x\ny' }],
    ['a byte order mark', '\ufeffA=1', { A: '1' }],
    ['other letters', 'A=é€😀', { A: 'é€😀' }],
    ['money', 'A=5$\nB=$5', { A: '5$', B: '$5' }],
  ])('may have %s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it.each<[string, string | Buffer, string]>([
    ['a line without a sign', 'A=1\nB', 'app.env, line 2: this is not NAME=VALUE.'],
    ['a name that no shell would take', '\n2A=1', 'app.env, line 2: this is not NAME=VALUE.'],
    ['a name with a dash', 'A-B=1', 'app.env, line 1: this is not NAME=VALUE.'],
    ['a name twice', 'A=1\n\nA=2', 'app.env, line 3: A was set already, in line 1.'],
    ['an open double quote', 'A="one\nB=2', 'app.env, line 1: a value with quotes, backslashes or $ in it needs quotes around it.'],
    ['an open single quote', "A='one", 'app.env, line 1: a value with quotes, backslashes or $ in it needs quotes around it.'],
    ['something after a quote', 'A="one"two', 'app.env, line 1: something follows the closing quote of A.'],
    ['a quote within a bare value', "A=don't", 'app.env, line 1: a value with quotes, backslashes or $ in it needs quotes around it.'],
    ['a variable in a bare value', 'A=$HOME/x', 'app.env, line 1: a value with quotes, backslashes or $ in it needs quotes around it.'],
    ['a variable in double quotes', 'A="${HOME}"', 'app.env, line 1: variables are not put in; write \\$, or use single quotes.'],
    ['a number sign at once', 'A=#1', 'app.env, line 1: a value that begins with # needs quotes around it.'],
    ['a command in double quotes', 'A="`id`"', 'app.env, line 1: variables are not put in; write \\$, or use single quotes.'],
    ['an escape that means nothing', 'A="\\x41"', 'app.env, line 1: a backslash in double quotes begins \\n, \\r, \\t, \\", \\$ or \\\\.'],
    ['a null character', 'A=\0', 'app.env has a null character in it.'],
    ['what is not UTF-8', Buffer.from([65, 61, 0xff]), 'app.env is not UTF-8 text.'],
  ])('may not have %s', (_, text, fault) => {
    expect(faultIn(text)).toBe(fault)
  })
})
