import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'svelte/compiler'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const renderer = join(import.meta.dirname, '../../../renderer')
const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => !file.startsWith('i18n/'))

/** Attributes whose text a person sees or hears. */
const shown = new Set(['alt', 'aria-label', 'effect', 'hint', 'label', 'noun', 'placeholder', 'question', 'text', 'title', 'word'])
/** Two words, which is what names of keys, classes and codes are not. */
const sentence = /\p{L}{2,}[,.…]? \p{L}{2,}/u
/** What is the same in every language: names of products, what is typed as it stands, and what is no text at all. */
const example =
  /^(?:Latchkey|Google Chrome|Microsoft Edge|GNOME Keyring|KDE Wallet \d|https:\/\/\S*|latchkey-\w+|latchkey quick|input, button\S*)$/

function isBare(text: string, pattern: RegExp): boolean {
  return pattern.test(text) && !example.test(text.trim())
}

/** Texts in the markup, and in the strings of the script and its expressions. */
function textsOfComponent(source: string): string[] {
  const found: string[] = []
  const walk = (node: unknown, attribute: string | null): void => {
    if (Array.isArray(node)) return node.forEach((each) => walk(each, attribute))
    if (typeof node !== 'object' || node === null || !('type' in node)) return
    const { type } = node
    if (type === 'ImportDeclaration' || type === 'Comment' || String(type).startsWith('TS')) return
    if (type === 'Attribute' && 'name' in node && 'value' in node) return walk(node.value, String(node.name))
    if (type === 'Text' && 'data' in node && (attribute === null || shown.has(attribute)) && isBare(String(node.data), /\p{L}{2}/u))
      found.push(String(node.data))
    if (type === 'Literal' && 'value' in node && typeof node.value === 'string' && attribute !== 'class' && isBare(node.value, sentence))
      found.push(node.value)
    if (type === 'TemplateElement' && 'value' in node && isBare((node.value as { cooked: string }).cooked, sentence))
      found.push((node.value as { cooked: string }).cooked)
    const within = type === 'RegularElement' || type === 'Component' ? null : attribute
    for (const [key, child] of Object.entries(node)) if (key !== 'metadata' && key !== 'css') walk(child, within)
  }
  const { fragment, instance, module } = parse(source, { modern: true })
  for (const part of [fragment, instance, module]) walk(part, null)
  return found
}

/** Strings of a module that read as sentences, or that are given as words. What an error of ours says is for who mends it. */
function textsOfModule(source: string, file: string): string[] {
  const found: string[] = []
  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isThrowStatement(node) || ts.isLiteralTypeNode(node)) return
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      const given = ts.isPropertyAssignment(node.parent) && /^(?:word|text|title|label)$/.test(node.parent.name.getText())
      if (isBare(node.text, given ? /\p{L}{2}/u : sentence)) found.push(node.text)
    }
    ts.forEachChild(node, walk)
  }
  walk(ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true))
  return found
}

describe('no text stands outside the catalogues', () => {
  it.each(files.filter((file) => file.endsWith('.svelte')))('in %s', (file) => {
    expect(textsOfComponent(readFileSync(join(renderer, file), 'utf8'))).toEqual([])
  })

  it.each(files.filter((file) => file.endsWith('.ts')))('in %s', (file) => {
    expect(textsOfModule(readFileSync(join(renderer, file), 'utf8'), file)).toEqual([])
  })

  it('and one that did would be found', () => {
    expect(textsOfComponent('<script>const t = "Two words"</script><p title="Name">{`of ${1}`} Close</p>')).toEqual([
      'Name',
      ' Close',
      'Two words',
    ])
    expect(textsOfModule("const t = { word: 'Copy' }; say(`Value of ${name}`); throw new Error('not for people')", 'a.ts')).toEqual([
      'Copy',
      'Value of ',
    ])
  })
})
