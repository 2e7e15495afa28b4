import type { Random } from '../../torture/random.ts'
import { mutatedText } from '../mutation.ts'

const climbs: readonly [string, ...string[]] = [
  '..',
  '../..',
  '%2e%2e',
  '%2E%2e',
  '.%2e',
  '%252e%252e',
  '..%2f',
  '..%5c',
  '..\\',
  '..;',
  '....//',
  '%c0%ae%c0%ae',
  '%uff0e%uff0e',
  '．．',
  '..%00',
  '.',
  '%2f',
  '%5c',
  '%00',
  '\0',
  '~',
  'C:',
  'file:',
]
const goals: readonly [string, ...string[]] = [
  'etc/passwd',
  'proc/self/environ',
  'proc/self/cmdline',
  'main/index.cjs',
  'preload/index.cjs',
  'package.json',
  'canary.txt',
  'secret.html',
  'profile.json',
  'index.html',
  'assets/secret.js',
]

/**
 * An address that may lead out of the pages' folder: by `..`, by encodings, by another host, or by names that are similar to existing ones.
 * @param files the existing paths, such as `/index.html`
 * @param outside folders that an attacker could want to reach, as absolute paths
 */
export function addressOf(files: readonly [string, ...string[]], outside: readonly [string, ...string[]], random: Random): string {
  const host = random.chance(0.85)
    ? 'bundle'
    : random.of([
        '',
        'bundle.',
        'BUNDLE',
        'bundle:80',
        'user:pass@bundle',
        'evil.example',
        'bundle@evil.example',
        '..',
        '%62undle',
        '127.0.0.1',
        '[::1]',
      ])
  const scheme = random.chance(0.95) ? 'app://' : random.of(['app:', 'app:/', 'app:///', 'App://', 'APP:\\\\'])
  return `${scheme}${host}${pathOf(files, outside, random)}${random.chance(0.1) ? random.of(['?', '#', '?x=../../etc/passwd', '?/../x', '#/../x', '/', '//', ';x']) : ''}`
}

function pathOf(files: readonly [string, ...string[]], outside: readonly [string, ...string[]], random: Random): string {
  const file = random.of(files)
  const climb = (): string =>
    Array.from({ length: random.whole(1, 12) }, () => random.of(climbs)).join(random.of(['/', '/', '', '\\', '//']))
  switch (random.weighted({ climb: 5, after: 3, absolute: 2, near: 3, text: 3, encoded: 2, right: 1, noise: 1 })) {
    case 'climb':
      return `/${climb()}/${random.of(goals)}`
    case 'after':
      return `${file}/${climb()}/${random.of([...goals, file.slice(1)])}`
    case 'absolute':
      return `/${random.of(['', '/', '%2f'])}${random.of(outside)}/${random.of(goals)}`
    case 'near':
      return random.of([
        file.toUpperCase(),
        `${file}.`,
        `${file} `,
        `${file}%20`,
        `${file}%00.html`,
        `${file}~`,
        file.replace('/', '//'),
        `${file}::$DATA`,
        file.replace('.', '%2e'),
        file.slice(0, -1),
      ])
    case 'text':
      return `/${mutatedText(file.slice(1), random)}`
    case 'encoded':
      return [...file]
        .map((letter) => (random.chance(0.4) ? `%${(letter.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}` : letter))
        .join('')
    case 'right':
      return file
    case 'noise':
      return `/${Array.from({ length: random.whole(0, 200) }, () => String.fromCharCode(random.whole(0, 0x2ff))).join('')}`
  }
}
