import * as v from 'valibot'
import { Refusal } from '../refusal.ts'

export const maxBodyBytes = 64 * 1024
const deepestBody = 32

/** A string parameter: well-formed Unicode, so that no two texts become the same when encoded, and without NUL. */
export const text = v.pipe(
  v.string(),
  v.maxLength(16_384),
  v.check((value) => !/[\p{Surrogate}\0]/u.test(value)),
)

/**
 * Reads a JSON body of the given shape. What SDKs send has shapes that ignore unknown parameters, because SDKs of other versions send more.
 * Extended JSON writes strings and booleans as plain JSON, and nothing else is used here.
 * @throws Refusal `body-…`, `parameter-missing`, `parameter-invalid`, `parameter-unknown` (strict shapes); never with the body's text, which may contain a value
 */
export async function readJson<const S extends v.GenericSchema<unknown, unknown>>(request: Request, schema: S): Promise<v.InferOutput<S>> {
  const type = request.headers.get('content-type') ?? ''
  const raw = await readText(request)
  // Attack: cross-site requests. HTML forms cannot send this type, so a foreign page needs a CORS preflight first. SDKs send it with an
  // empty body too.
  if (!/^application\/(?:json|ejson)\s*(?:;|$)/i.test(type)) throw new Refusal('body-not-json')
  const parsed = v.safeParse(schema, parseObject(raw), { abortEarly: true })
  if (parsed.success) return parsed.output
  const { expected, received } = parsed.issues[0]
  if (received === 'undefined') throw new Refusal('parameter-missing')
  throw new Refusal(expected === 'never' ? 'parameter-unknown' : 'parameter-invalid')
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a body as UTF-8 text, up to 64 KiB.
 * @throws Refusal `body-too-large`, `body-invalid` (also if the client disconnected in the middle)
 */
export async function readText(request: Request): Promise<string> {
  const announced = request.headers.get('content-length')
  if (Number(announced ?? 0) > maxBodyBytes) throw new Refusal('body-too-large')
  // HTTP ends a body at its announced length, so it can be read at once, which costs half of what a stream costs.
  return decode(announced === null ? await readStream(request) : await readWhole(request))
}

async function readWhole(request: Request): Promise<Uint8Array> {
  let bytes
  try {
    bytes = await request.arrayBuffer()
  } catch {
    throw new Refusal('body-invalid') // its sender aborted or was too slow, as below
  }
  // The header of an in-process request promises nothing.
  if (bytes.byteLength > maxBodyBytes) throw new Refusal('body-too-large')
  return new Uint8Array(bytes)
}

async function readStream(request: Request): Promise<Uint8Array> {
  const body = bodyOf(request)
  if (body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      // The stream fails only if its sender aborted or was too slow: that is the client's fault, not the server's.
      throw new Refusal('body-invalid')
    })
    if (done) break
    length += value.byteLength
    if (length > maxBodyBytes) throw new Refusal('body-too-large')
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal('body-invalid')
    throw error
  }
}

/** The stream is created on first access, which throws if the connection was already aborted. */
function bodyOf(request: Request): Request['body'] {
  try {
    return request.body
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal('body-invalid')
    throw error
  }
}

function parseObject(raw: string): object {
  checkDepth(raw)
  let value: unknown
  try {
    value = raw === '' ? {} : JSON.parse(raw)
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal('body-invalid')
    throw error
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal('body-invalid')
  return value
}

/** Checked on the text before parsing, because `JSON.parse` has no depth limit but the stack. */
function checkDepth(raw: string): void {
  let depth = 0
  let quoted = false
  for (let at = 0; at < raw.length; at += 1) {
    const character = raw[at]
    if (quoted) {
      if (character === '\\') at += 1
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
    if (depth > deepestBody) throw new Refusal('body-too-deep')
  }
}
