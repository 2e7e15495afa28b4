import type { WebContents } from 'electron'
import type { Random } from '../../torture/random.ts'

/** Values that can be sent over the bridge but are not JSON. Large ones are rare. */
const small: readonly [() => unknown, ...(() => unknown)[]] = [
  () => undefined,
  () => Number.NaN,
  () => Number.NEGATIVE_INFINITY,
  () => -0,
  () => 10n,
  () => new Date(0),
  () => new Date(Number.NaN),
  () => /x/g,
  () => new Map([['id', 'a']]),
  () => new Set(['id']),
  () => new Uint8Array(64),
  () => new ArrayBuffer(8),
  () => Object.assign([1], { id: 'a' }),
  ring,
  () => new Error('x'),
  () => Object('text') as unknown,
]
const large: readonly [() => unknown, ...(() => unknown)[]] = [
  () => new Array(100_000),
  () => 'x'.repeat(500_000),
  () => nested(1_000),
  () => Object.fromEntries(Array.from({ length: 2_000 }, (_one, index) => [`k${index}`, index])),
]

export function odd(random: Random): unknown {
  return random.chance(0.02) ? random.of(large)() : random.of(small)()
}

function ring(): unknown {
  const made: Record<string, unknown> = { id: 'a' }
  made['self'] = made
  return made
}

function nested(depth: number): unknown {
  let inner: unknown = null
  for (let left = depth; left > 0; left -= 1) inner = { inner }
  return inner
}

/** Values that the page creates itself, as source text. */
const ofPage: readonly [string, ...string[]] = [
  'undefined',
  'NaN',
  '10n',
  '(() => { const a = {}; a.a = a; return a })()',
  'new Map([["id", "a"]])',
  'new Proxy({}, {})',
  '(() => 1)',
  'Symbol.iterator',
  'window',
  'document.body',
  'new Promise(() => {})',
  'new Blob(["x"])',
  'new MessageChannel().port1',
  '({ get id() { throw new Error("x") } })',
  '({ toJSON() { return null } })',
  'Object.create({ id: "a" })',
  'new (class Id { id = "a" })()',
]

/**
 * Makes the page call functions of its preload. A page that ends meanwhile, for example by a lock, gives no answers.
 * @returns the answers as JSON, and the errors of the page's side of the bridge for what cannot be sent
 */
export async function throughPage(
  contents: WebContents,
  messages: readonly { name: string; input: unknown }[],
  random: Random,
): Promise<string[]> {
  const sources = messages.map(({ name, input }) => {
    const json = JSON.stringify(input)
    const made = json === undefined || random.chance(0.2) ? random.of(ofPage) : `JSON.parse(${JSON.stringify(json)})`
    return `[${JSON.stringify(name)}, () => ${made}]`
  })
  const script = `Promise.all([${sources.join()}].map(async ([name, input]) => {
    try { return JSON.stringify(await window.latchkey.calls[name](input())) }
    catch (error) { return String(error) }
  }))`
  let end = (): void => undefined
  const gone = new Promise<string[]>((resolve) => (end = () => resolve([])))
  contents.once('render-process-gone', end).once('destroyed', end)
  try {
    return await Promise.race([gone, contents.executeJavaScript(script) as Promise<string[]>])
  } finally {
    contents.off('render-process-gone', end).off('destroyed', end)
  }
}
