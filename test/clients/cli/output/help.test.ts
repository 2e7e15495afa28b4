import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Options } from '../../../../clients/cli/arguments.ts'
import { options as add } from '../../../../clients/cli/commands/add.ts'
import { options as completion } from '../../../../clients/cli/commands/completion.ts'
import { options as copy } from '../../../../clients/cli/commands/copy.ts'
import { options as doctor } from '../../../../clients/cli/commands/doctor.ts'
import { options as get } from '../../../../clients/cli/commands/get.ts'
import { options as inject } from '../../../../clients/cli/commands/inject.ts'
import { options as journal } from '../../../../clients/cli/commands/journal.ts'
import { options as list } from '../../../../clients/cli/commands/list.ts'
import { options as quick } from '../../../../clients/cli/commands/quick.ts'
import { options as run } from '../../../../clients/cli/commands/run.ts'
import { options as status } from '../../../../clients/cli/commands/status.ts'
import { helpFor } from '../../../../clients/cli/output/help.ts'

const commands: Record<string, Options> = { add, completion, copy, doctor, get, inject, journal, list, quick, run, status }
const root = resolve(import.meta.dirname, '..', '..', '..', '..')
const read = (path: string): string => readFileSync(resolve(root, path), 'utf8')

describe('help and completions', () => {
  for (const [command, options] of Object.entries(commands)) {
    it(`list ${command} with exactly its options, in the help and for each shell`, () => {
      const longs = Object.keys(options).sort()
      const told = (text: string): string[] =>
        [...new Set([...text.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, name = '']) => name))].sort()
      expect(helpFor(undefined)).toMatch(new RegExp(`^ {2}${command} `, 'm'))
      expect(
        told(
          helpFor(command)
            .split('\n')
            .filter((line) => /^ {2}(-\w, )?--/.test(line))
            .join('\n'),
        ),
      ).toEqual(longs)
      const bash =
        new RegExp(`^ +(?:[a-z]+ \\| )*${command}(?: \\| [a-z]+)*\\) word='([^']*)'`, 'm').exec(
          read('clients/completions/latchkey.bash'),
        )?.[1] ?? ''
      expect(told(bash)).toEqual(longs)
      const zsh = new RegExp(`^ {4}${command}\\) (.*) ;;$`, 'm').exec(read('clients/completions/_latchkey'))?.[1] ?? ''
      expect(told(zsh.replace('$json', '--json').replace('$no_start', '--no-start').replaceAll('--help', ''))).toEqual(longs)
      const fish = [...read('clients/completions/latchkey.fish').matchAll(/^complete -c latchkey -n '__latchkey_in ([a-z ]+)' -l (\S+)/gm)]
      expect(
        fish
          .filter(([, where = '']) => where.split(' ').includes(command))
          .map(([, , name]) => name)
          .sort(),
      ).toEqual(longs)
      expect(read('docs/guide/command-line.md')).toContain(`| \`${command} ${command === 'copy' || command === 'get' ? 'KEY' : ''}`.trim())
      for (const [long, { short }] of Object.entries(options))
        if (short !== undefined) expect(helpFor(command)).toContain(`-${short}, --${long}`)
    })
  }
})
