import type { Random } from '../torture/random.ts'

/** The mutations that an attacker, or a program with a bug, would send. */
const strange: readonly [unknown, ...unknown[]] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 53,
  1e308,
  '',
  '0',
  'ci',
  '\0',
  '\u202e',
  '\ud800',
  '../../etc/passwd',
  '${7*7}',
  'x'.repeat(300),
  'x'.repeat(70_000),
  [],
  [[[[[[[[]]]]]]]],
  {},
  { toString: 'x', valueOf: 'x', then: 'x' },
  { length: 3, 0: 'a' },
]
const names: readonly [string, ...string[]] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'id',
  'call',
  'input',
  'kind',
  'more',
  '',
]

/** A message with a few changes anywhere in it. The rest stays as it was. */
export function mutated(message: unknown, random: Random): unknown {
  let changed = message
  for (let left = random.whole(1, 3); left > 0; left -= 1) changed = changedOnce(changed, random)
  return changed
}

function changedOnce(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.2)) return replaced(value, random)
  if (Array.isArray(value)) return changedList(value, random)
  const entries = Object.entries(value)
  const [first, ...rest] = entries.map((_entry, index) => index)
  const at = first === undefined ? -1 : random.of([first, ...rest])
  switch (random.weighted({ inside: 6, drop: 1, rename: 1, add: 1 })) {
    case 'inside':
      return fromEntries(entries.map(([name, one], index) => [name, index === at ? changedOnce(one, random) : one]))
    case 'drop':
      return fromEntries(entries.filter((_entry, index) => index !== at))
    case 'rename':
      return fromEntries(entries.map(([name, one], index) => [index === at ? random.of(names) : name, one]))
    case 'add':
      return fromEntries([...entries, [random.of(names), random.of(strange)]])
  }
}

function changedList(list: readonly unknown[], random: Random): unknown[] {
  const at = random.whole(0, list.length)
  if (random.chance(0.1)) return Array.from({ length: 500 }, () => list[0])
  if (random.chance(0.3)) return [...list.slice(0, at), random.of(strange), ...list.slice(at)]
  if (random.chance(0.3)) return list.filter((_one, index) => index !== at)
  return list.map((one, index) => (index === at ? changedOnce(one, random) : one))
}

function replaced(value: unknown, random: Random): unknown {
  if (typeof value === 'number' && random.chance(0.5)) return value + random.whole(-2, 2)
  if (typeof value === 'string' && value.length > 0 && random.chance(0.5)) return mutatedText(value, random)
  return random.of(strange)
}

/** A text with a character added, or with one or two replaced. */
export function mutatedText(text: string, random: Random): string {
  const at = random.whole(0, Math.max(0, text.length - 1))
  return text.slice(0, at) + String.fromCharCode(random.whole(0, 0xffff)) + text.slice(at + random.whole(0, 2))
}

/** Includes names that have a meaning in object literals, such as `__proto__`. */
function fromEntries(entries: [string, unknown][]): unknown {
  const made: Record<string, unknown> = {}
  for (const [name, value] of entries) Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true })
  return made
}

/** The bytes of a frame with some changed, left out or inserted: mostly its length, or bytes whose number then differs from that length. */
export function damaged(frame: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(frame)
  const at = random.whole(0, Math.max(0, bytes.length - 1))
  switch (random.weighted({ length: 3, flip: 3, cut: 1, more: 1, noise: 1 })) {
    case 'length':
      bytes.writeUInt32LE(random.of([0, 1, bytes.length, 65_536, 65_537, 0x4000_0000, 0xffff_ffff, random.whole(0, 200)]))
      return bytes
    case 'flip':
      for (let left = random.whole(1, 8); left > 0; left -= 1) bytes[random.whole(0, bytes.length - 1)] = random.whole(0, 255)
      return bytes
    case 'cut':
      return bytes.subarray(0, at)
    case 'more':
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(String.fromCharCode(random.whole(0, 255)).repeat(random.whole(1, 40)), 'latin1'),
        bytes.subarray(at),
      ])
    case 'noise':
      return Buffer.from(Array.from({ length: random.whole(1, 300) }, () => random.whole(0, 255)))
  }
}
