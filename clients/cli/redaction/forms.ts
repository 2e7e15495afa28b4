import { backslash, backslashBytes, form, html, percent, shellQuote } from './escapes.ts'
import type { Reading } from './reading.ts'

/** Shorter values are not masked, because other text contains them by chance. In characters, without white space at the ends. */
export const minValueLength = 6
/** A shorter line of a value is masked only together with the others. */
const minLineLength = 8
/** The base64 of fewer bytes is so short that other text contains it by chance. */
const minBase64Bytes = 8
/** A base64 prefix this short is not continued on the next line, because too many lines end with it by chance. */
export const minBase64Prefix = 4

/** The patterns to find in a program's output. */
export interface Forms {
  /** Values, also trimmed and as their single lines. */
  readonly texts: Buffer[]
  /** The combinations of escapes that are undone to find them. */
  readonly readings: readonly Reading[]
  /** Values of several lines as one line, without the white space around the line breaks. */
  readonly joined: Buffer[]
  readonly joinedReadings: readonly Reading[]
  /** In base64, at every alignment. Encoders break it into lines. */
  readonly base64: Buffer[]
}

export function isMaskable(value: string): boolean {
  return [...value.trim()].length >= minValueLength
}

export function formsOf(values: readonly string[]): Forms {
  const given = values.filter(isMaskable)
  const texts = [...new Set(given.flatMap((value) => [value, value.trim(), ...linesOf(value).filter(isLongEnough)]))]
  const several = given.map(linesOf).filter((lines) => lines.length > 0)
  const bodies = several.map((lines) => lines.filter((line) => !isHeading(line)))
  const joined = [...several, ...bodies].map((lines) => lines.join('')).filter(isMaskable)
  // Short lines are masked only together, with known separators between them.
  const rejoined = several.flatMap((lines) => ['\r\n', '\n', ' '].map((between) => lines.join(between)))
  return {
    texts: distinct([...texts, ...rejoined].map((text) => Buffer.from(text, 'utf8'))),
    readings: texts.every((text) => /^[A-Za-z0-9]*$/.test(text)) ? [asItIs] : [asItIs, ...escaped],
    joined: distinct(joined.map((text) => Buffer.from(text, 'utf8'))),
    joinedReadings: joined.length === 0 ? [] : spaced,
    base64: distinct(texts.flatMap(inBase64).map((text) => Buffer.from(text, 'latin1'))),
  }
}

const asItIs: Reading = { escapes: [] }
/** JSON in JSON, JSON in a URL, and a URL within a URL are escaped twice. */
const escaped: readonly Reading[] = [
  [percent],
  [percent, percent],
  [form],
  [backslash],
  [backslashBytes],
  [backslash, backslash],
  [percent, backslash],
  [shellQuote],
  [html],
].map((escapes) => ({ escapes }))
const space = new Set(Buffer.from('\t\n\v\f\r '))
/** A form sends each line break as CRLF. */
const spaced: readonly Reading[] = [[], [backslash], [percent], [form], [html], [percent, backslash]].map((escapes) => ({
  escapes,
  without: space,
}))

/** The lines of a value that has more than one. Indented or printed one by one, they appear without their context. */
function linesOf(value: string): string[] {
  const lines = value.trim().split(/[\r\n]+/)
  return lines.length === 1 ? [] : lines.map((line) => line.trim())
}

function isLongEnough(line: string): boolean {
  return [...line].length >= minLineLength && !isHeading(line)
}

/** `-----BEGIN PRIVATE KEY-----` is in many files, and not secret. */
function isHeading(line: string): boolean {
  return /^-----(?:BEGIN|END) [A-Z0-9 ]+-----$/.test(line)
}

/**
 * Three bytes become four characters, so a value has a different base64 at each of three alignments. Characters that it shares with its
 * neighbours are left out; they reveal a few bits of its first and last byte.
 */
function inBase64(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8')
  if (bytes.length < minBase64Bytes) return []
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const own = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    const url = own.replaceAll('+', '-').replaceAll('/', '_')
    // If a line break follows the first characters, the rest is found as a pattern of its own.
    return [own, url].flatMap((text) => Array.from({ length: minBase64Prefix }, (_, from) => text.slice(from)))
  })
}

function distinct(patterns: Buffer[]): Buffer[] {
  return [...new Map(patterns.map((pattern) => [pattern.toString('latin1'), pattern])).values()]
}
