import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'

/** What is searched for: its name, and each form in which it may be in memory. */
export interface Needle {
  readonly name: string
  readonly forms: readonly Buffer[]
}

const page = 4096
const chunk = 4 << 20

/**
 * Searches the memory of processes: all present pages, swapped out or not. Unmodified pages of files are skipped.
 * @returns the names of what was found, each with the kind of process, as often as it was found; and how much was searched, in bytes
 */
export function searchMemory(pids: readonly number[], needles: readonly Needle[]): { found: string[]; bytes: number } {
  const index = new Map<number, { name: string; form: Buffer }[]>()
  const begins = new Uint8Array(1 << 16)
  let longest = 0
  for (const { name, forms } of needles) {
    for (const form of forms) {
      const begin = form.readUInt16LE(0)
      begins[begin] = 1
      index.set(begin, [...(index.get(begin) ?? []), { name, form }])
      longest = Math.max(longest, form.length)
    }
  }
  const found: string[] = []
  let bytes = 0
  const buffer = Buffer.alloc(chunk + longest)
  for (const pid of pids) {
    const kind = kindOf(pid)
    for (const { from, to, memory } of rangesOf(pid)) {
      for (let at = from; at < to; at += chunk) {
        const read = unlessGone(0, () => readSync(memory, buffer, 0, Math.min(buffer.length, to - at), at))
        bytes += Math.min(read, chunk)
        const end = Math.min(read - 1, chunk)
        for (let here = next(buffer, begins, 0, end); here < end; here = next(buffer, begins, here + 1, end)) {
          for (const { name, form } of index.get(buffer.readUInt16LE(here)) ?? []) {
            if (here + form.length <= read && buffer.compare(form, 0, form.length, here, here + form.length) === 0)
              found.push(`${name} in ${kind}`)
          }
        }
      }
    }
  }
  return { found, bytes }
}

/** The next possible beginning; `end` after the last one. */
function next(bytes: Uint8Array, begins: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at += 1) if (begins[(bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)] !== 0) return at
  return end
}

/** A process and its descendants, and all with the same value of their variable, whatever their parent is now. */
export function processesOf(pid: number, variable: string): number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  const parents = new Map(all.map((one) => [one, Number(/\) \S (\d+)/.exec(readIfThere(`/proc/${one}/stat`))?.[1])]))
  const isBelow = (one: number): boolean => one === pid || (parents.has(one) && isBelow(parents.get(one) ?? 0))
  return all.filter((one) => isBelow(one) || (hasVariable(one, variable) && /electron/.test(readIfThere(`/proc/${one}/cmdline`))))
}

function hasVariable(pid: number, variable: string): boolean {
  // If it is not readable for a user who may read the app's memory, it belongs to another user.
  return unlessGone('', () => readFileSync(`/proc/${pid}/environ`, 'latin1'), ['EACCES']).includes(variable)
}

function kindOf(pid: number): string {
  const words = readIfThere(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
  return /--utility-sub-type=([\w.]+)/.exec(words)?.[1] ?? /--type=([\w-]+)/.exec(words)?.[1] ?? 'main'
}

interface Range {
  from: number
  to: number
}

function* rangesOf(pid: number): Generator<Range & { memory: number }> {
  const [memory, pages] = ['mem', 'pagemap'].map((file) => unlessGone(null, () => openSync(`/proc/${pid}/${file}`, 'r')))
  if (typeof memory !== 'number' || typeof pages !== 'number') return
  try {
    for (const mapping of mappingsOf(pid)) for (const range of present(pages, mapping)) yield { ...range, memory }
  } finally {
    closeSync(memory)
    closeSync(pages)
  }
}

interface Mapping extends Range {
  /** Of a private file mapping: modified pages belong to this process. */
  isFile: boolean
}

function mappingsOf(pid: number): Mapping[] {
  const found: Mapping[] = []
  let current: Mapping | null = null
  for (const line of readIfThere(`/proc/${pid}/smaps`).split('\n')) {
    const [, from, to, mode, name = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)$/.exec(line) ?? []
    if (from !== undefined && to !== undefined) {
      const isOfKernel = name.startsWith('[v')
      current = isOfKernel
        ? null
        : { from: parseInt(from, 16), to: parseInt(to, 16), isFile: name.startsWith('/') && mode?.endsWith('p') === true }
    } else if (current !== null && found.at(-1) !== current && /^(Rss|Swap):\s+[1-9]/.test(line)) found.push(current)
  }
  return found
}

/** The pages of a mapping that are in memory or swapped out, without unmodified ones of a file. */
function present(pages: number, { from, to, isFile }: Mapping): Range[] {
  const ranges: Range[] = []
  const entries = Buffer.alloc(1 << 19)
  for (let at = from; at < to;) {
    const read = readSync(pages, entries, 0, Math.min(entries.length, ((to - at) / page) * 8), (at / page) * 8)
    if (read === 0) break
    for (let entry = 7; entry < read; entry += 8, at += page) {
      const flags = entries[entry] ?? 0
      if ((flags & 0xc0) === 0 || (isFile && (flags & 0x20) !== 0)) continue
      const last = ranges.at(-1)
      if (last?.to === at) last.to = at + page
      else ranges.push({ from: at, to: at + page })
    }
  }
  return ranges
}

function readIfThere(path: string): string {
  return unlessGone('', () => readFileSync(path, 'latin1'))
}

/** A process may end, and free memory, during the search. Any other error is thrown. */
function unlessGone<T>(otherwise: T, look: () => T, also: readonly string[] = []): T {
  try {
    return look()
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EIO', ...also].includes(String(error.code))) return otherwise
    throw error
  }
}

/** A name in the encodings that programs use. */
export function textForms(text: string): Buffer[] {
  return [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
}

/** A secret as it is, or any 16 bytes of it at an offset divisible by 16; in base64 at each of three alignments; in hex. */
export function secretForms(secret: Buffer): Buffer[] {
  const pieces = Array.from({ length: Math.floor(secret.length / 16) }, (_, at) => secret.subarray(at * 16, at * 16 + 16))
  const encoded = [0, 1, 2].flatMap((shift) =>
    (['base64', 'base64url'] as const).map((code) => secret.subarray(shift, shift + 18).toString(code)),
  )
  const hex = secret.subarray(0, 12).toString('hex')
  return [...pieces, ...[...encoded, hex, hex.toUpperCase()].flatMap(textForms)]
}
