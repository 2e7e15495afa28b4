import { describe, expect, it } from 'vitest'
import { firstCharacters, parseFormat, patternOf } from '../../../shared/services/key-format.ts'

function matches(format: string, text: string): boolean {
  return patternOf(parseFormat(format)).test(text)
}

describe('a key format', () => {
  it('has characters of an alphabet in one length, a range or several lengths', () => {
    expect(['abc', 'abcd', 'abcde'].map((text) => matches('<hex 4>', text))).toEqual([false, true, false])
    expect(['a', 'ab', 'abc', 'abcd'].map((text) => matches('<lower 2-3>', text))).toEqual([false, true, true, false])
    expect(['a', 'ab', 'abc', 'abcd'].map((text) => matches('<lower 1,3-4>', text))).toEqual([true, false, true, true])
  })

  it('tells alphabets apart', () => {
    expect([matches('<hex 2>', 'Ab'), matches('<any-hex 2>', 'Ab'), matches('<upper 2>', 'AB'), matches('<base32 2>', 'A1')]).toEqual([
      ...[false, true, true, false],
    ])
    expect([matches('<base62 3>', 'aZ_'), matches('<word 3>', 'aZ_'), matches('<word 3>', 'aZ-'), matches('<base64url 3>', 'aZ-')]).toEqual(
      [...[false, true, false, true]],
    )
  })

  it('has padding after base64', () => {
    expect(['ab+/', 'ab+=', 'ab==', 'a==='].map((text) => matches('<base64 2-4>', text))).toEqual([true, true, true, false])
  })

  it('has UUIDs in lower case', () => {
    const uuid = '01234567-89ab-cdef-0123-456789abcdef'
    expect([uuid, uuid.toUpperCase(), uuid.slice(1)].map((text) => matches('id-<uuid>', `id-${text}`))).toEqual([true, false, false])
  })

  it('has words to choose from, and text for itself', () => {
    expect(['live.a', 'test.a', 'live|a', 'livexa'].map((text) => matches('(live|test).<letter 1>', text))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(['k$*|1', 'k1'].map((text) => matches('k$*|<digit 1>', text))).toEqual([true, false])
  })

  it('is the whole text, to the last line end', () => {
    expect(['ab1', ' ab1', 'ab1\n', 'x\nab1'].map((text) => matches('ab<digit 1>', text))).toEqual([true, false, false, false])
  })

  it('knows what a key begins with', () => {
    expect(['key_<hex 2>', '(sk|rk)_<hex 2>', '<hex 2>_key'].map((format) => firstCharacters(parseFormat(format)))).toEqual([
      ...[['k'], ['s', 'r'], null],
    ])
  })

  it.each(['<hex>', '<octal 3>', '<hex 0>', '<hex 4-2>', '<hex 3', '(a|b', '<hex 1,>', '()'])('is not %s', (format) => {
    expect(() => parseFormat(format)).toThrow(/^not a/)
  })
})
