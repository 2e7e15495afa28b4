import { describe, expect, it } from 'vitest'
import { visiblePieces, abridge } from '../../../../renderer/ui/text/verbatim.ts'

/** The pieces as one text, with named characters in brackets. */
function read(text: string): string {
  return visiblePieces(text)
    .map((piece) => (piece.named ? `[${piece.text}]` : piece.text))
    .join('')
}

describe('untrusted text', () => {
  it.each([
    'stripe-live',
    '/usr/bin/zsh',
    'C:\\Program Files\\Git\\bin\\bash.exe',
    'https://console.example.com:8443',
    'ключ-для-сборки',
    'مفتاح',
    'çalışma odası',
    '日本語のフォルダ',
    'naïve',
    'नमस्ते',
  ])('is shown unchanged: %s', (text) => expect(read(text)).toBe(text))

  it.each([
    ['characters that change the writing direction', 'a\u202eb\u2066c\u2069\u200fd', 'a[U+202E]b[U+2066]c[U+2069][U+200F]d'],
    ['characters without a width', 'a\u200bb\u200dc\u2060d\ufeffe', 'a[U+200B]b[U+200D]c[U+2060]d[U+FEFF]e'],
    ['control characters', 'a\u0000b\u001b[31mc\u007f', 'a[U+0000]b[U+001B][31mc[U+007F]'],
    ['line breaks and tabs', 'a\nb\tc\r\u2028d', 'a[line break]b[tab]c[U+000D][U+2028]d'],
    ['spaces other than the usual one', 'a\u00a0b\u3000c\u2003d', 'a[U+00A0]b[U+3000]c[U+2003]d'],
    ['spaces in a row', 'a  b    c', 'a[space ×2]b[space ×4]c'],
    ['spaces at the ends', ' a ', '[space]a[space]'],
    ['blank letters', 'a\u3164b\u115fc\uffa0d\u2800e', 'a[U+3164]b[U+115F]c[U+FFA0]d[U+2800]e'],
    ['tag characters and variation selectors', 'a\u{e0041}b\ufe0fc', 'a[U+E0041]b[U+FE0F]c'],
    ['private and unassigned characters', 'a\ue000b\u0378c', 'a[U+E000]b[U+0378]c'],
    ['a lone surrogate', 'a\ud800b', 'a[U+D800]b'],
    ['many combining marks on one letter', 'a\u0301\u0302\u0303\u0303\u0303b', 'a\u0301\u0302[U+0303 ×3]b'],
    ['many equal characters in a row, as one', `a${'\u200b'.repeat(4000)}b`, 'a[U+200B ×4000]b'],
  ])('names %s', (_what, text, shown) => expect(read(text)).toBe(shown))

  it('isolates letters and separators, so that no letter can move a separator', () => {
    expect(visiblePieces('/home/אבג/דהו').map(({ text }) => text)).toEqual(['/', 'home', '/', 'אבג', '/', 'דהו'])
  })

  it('never looks like a different text', () => {
    const texts = ['a b', 'a  b', 'a\u00a0b', 'a\tb', 'a\u200bb', 'ab', ' ab', 'ab ', '', ' ', '  ']
    expect(new Set(texts.map((text) => JSON.stringify(visiblePieces(text)))).size).toBe(texts.length)
  })
})

describe('a very long text', () => {
  const inside = (text: string, telling = text.length) => {
    const { head, hidden, tail } = abridge(text, telling)
    return { head: head.map((piece) => piece.text).join(''), hidden, tail: tail.map((piece) => piece.text).join('') }
  }

  it('keeps both ends, and says how much is left out', () => {
    const text = `/tmp/${'x'.repeat(500)}/zsh`
    const { head, hidden, tail } = inside(text)
    expect(head.startsWith('/tmp/x')).toBe(true)
    expect(tail.endsWith('x/zsh')).toBe(true)
    expect(head.length + hidden + tail.length).toBe(text.length)
    expect(head.length + tail.length).toBe(260)
  })

  it("is shown whole up to more than a host name's length, and if the user asks for it", () => {
    const host = `https://${'a'.repeat(253)}:65535`
    expect(inside(host)).toEqual({ head: '', hidden: 0, tail: host })
    const { hidden, tail } = abridge('x'.repeat(1000), 0, true)
    expect([hidden, tail.map(({ text }) => text).join('')]).toEqual([0, 'x'.repeat(1000)])
  })

  it('counts named characters by their displayed width, so that the end stays visible', () => {
    const { head, hidden, tail } = inside(`/a${'\u200bx'.repeat(100)}/zsh`)
    expect(hidden).toBeGreaterThan(100)
    expect(head.length).toBeLessThanOrEqual(130)
    expect(tail.endsWith('U+200Bx/zsh')).toBe(true)
  })

  it('is not cut in the middle of a character', () => {
    const { head, tail } = inside('𝄞'.repeat(400))
    expect([head, tail]).toEqual(['𝄞'.repeat(65), '𝄞'.repeat(65)])
  })

  it('keeps the name and what precedes it apart, in both ends', () => {
    const { head, tail } = abridge(`/${'x/'.repeat(300)}program`, 'program'.length)
    expect(head.every(({ lead }) => lead)).toBe(true)
    expect(tail.filter(({ lead }) => !lead).map(({ text }) => text)).toEqual(['program'])
  })
})
