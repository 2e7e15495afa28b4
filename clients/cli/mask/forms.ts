/** The forms in which a value may stand in a program's output. */
export interface Forms {
  /** As it is, in JSON and in URLs. */
  readonly plain: Buffer[]
  /** In base64, whatever stands before and after it in what was encoded. Encoders break it into lines. */
  readonly base64: Buffer[]
}

/** A beginning of base64 this short is not followed over the end of a line: too many lines end with it by chance. */
export const shortest = 4
/** The base64 of fewer bytes is so short that other text has it by chance. */
const fewest = 8

export function formsOf(values: readonly string[]): Forms {
  const given = values.filter((value) => value !== '')
  const long = given.filter((value) => Buffer.byteLength(value) >= fewest)
  return {
    plain: distinct(given.flatMap((value) => [value, ...inJson(value), ...inUrls(value)]).map((text) => Buffer.from(text, 'utf8'))),
    base64: distinct(long.flatMap(inBase64).map((text) => Buffer.from(text, 'latin1'))),
  }
}

function inJson(value: string): string[] {
  const once = JSON.stringify(value).slice(1, -1)
  const twice = JSON.stringify(once).slice(1, -1)
  const ascii = (hex: (code: string) => string) =>
    once.replace(/[\u007f-\uffff]/g, (sign) => `\\u${hex(sign.charCodeAt(0).toString(16).padStart(4, '0'))}`)
  const escaped = [once, twice, ascii((code) => code), ascii((code) => code.toUpperCase())]
  return [...escaped, ...escaped.map((text) => text.replaceAll('/', '\\/'))] // as PHP writes it
}

function inUrls(value: string): string[] {
  const whole = Buffer.from(value, 'utf8').toString('utf8') // half a surrogate pair has no form in URLs
  const component = encodeURIComponent(whole)
  const strict = component.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const form = new URLSearchParams([['', whole]]).toString().slice(1)
  return [component, strict, form].flatMap((text) => [text, text.replace(/%../g, (code) => code.toLowerCase())])
}

/**
 * Three bytes become four characters, so a value looks different at each of three places. Characters that it shares with its
 * neighbours are left out: they tell a few bits of its first and last byte.
 */
function inBase64(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8')
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const own = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    const url = own.replaceAll('+', '-').replaceAll('/', '_')
    // Broken right after its first characters, the rest is found by itself.
    return [own, url].flatMap((text) => Array.from({ length: shortest }, (_, from) => text.slice(from)))
  })
}

function distinct(patterns: Buffer[]): Buffer[] {
  return [...new Map(patterns.map((pattern) => [pattern.toString('latin1'), pattern])).values()]
}
