import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { findProgram } from '../../scripts/process/program.mjs'
import { listeningFakeApp } from './fake-app.ts'
import { latchkey, Started } from './command-line.ts'

const key = {
  account: 'This computer',
  accountId: 'a1',
  id: '64b7f0c2a1b2c3d4e5f60718',
  name: 'payments',
  enabled: true,
  value: 'here',
  createdAt: 0,
} as const
const commands = [
  'list',
  'get',
  'run',
  'inject',
  'copy',
  'add',
  'connect',
  'disconnect',
  'quick',
  'doctor',
  'journal',
  'status',
  'completion',
  'help',
]

describe('shell completions', () => {
  const app = listeningFakeApp()
  beforeAll(async () => {
    app.answers = { list: () => ({ keys: [key, { ...key, name: 'plan_b' }, { ...key, name: 'ci' }] }) }
    mkdirSync(join(app.folder, 'bin'))
    symlinkSync(latchkey, join(app.folder, 'bin', 'latchkey'))
    for (const shell of ['bash', 'zsh', 'fish'])
      writeFileSync(join(app.folder, `completion.${shell}`), (await app.run(['completion', shell])).stdout)
  })

  async function inShell(shell: string, script: string): Promise<string[]> {
    const env = { ...app.env, HOME: app.folder, PATH: `${join(app.folder, 'bin')}:${app.env['PATH']}` }
    const started = new Started(shell, ['-c', script], { env, cwd: app.folder })
    started.child.stdin.end()
    const { stdout, stderr } = await started.ended
    expect(stderr).toBe('')
    return stdout.split(/\s+/).filter(Boolean)
  }

  function inBash(line: string): Promise<string[]> {
    const words = line.split(' ')
    const array = words.map((word) => `'${word}'`).join(' ')
    return inShell(
      'bash',
      `source ./completion.bash; COMP_WORDS=(${array}); COMP_CWORD=${words.length - 1}; _latchkey 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`,
    )
  }

  function inFish(line: string): Promise<string[]> {
    return inShell('fish', `source completion.fish; complete -C '${line}' | string replace -r '\\t.*' ''`)
  }

  for (const [shell, complete] of [
    ['bash', inBash],
    ['fish', inFish],
  ] as const) {
    it.runIf(findProgram(shell) !== null)(`of ${shell} complete commands, their options and the names of keys`, async () => {
      expect((await complete('latchkey ')).filter((word) => !word.startsWith('-')).sort()).toEqual([...commands].sort())
      expect(await complete('latchkey get p')).toEqual(['payments', 'plan_b'])
      expect(await complete('latchkey copy c')).toEqual(['ci'])
      expect((await complete('latchkey run --')).filter((word) => word !== '--').sort()).toEqual([
        '--env',
        '--env-file',
        '--help',
        '--no-mask',
        '--no-start',
      ])
      expect((await complete('latchkey inject --')).sort()).toEqual(['--force', '--help', '--in', '--no-start', '--out'])
      expect((await complete('latchkey completion ')).sort()).toEqual(['bash', 'fish', 'zsh'])
      expect(await complete('latchkey journal ')).toContain('verify')
      expect(await complete('latchkey journal verify completion.b')).toEqual(['completion.bash'])
      expect((await complete('latchkey run --env-file comp')).sort()).toEqual(['completion.bash', 'completion.fish', 'completion.zsh'])
      if (shell === 'bash') expect(await complete('latchkey run -e A=b -- basenam')).toContain('basename')
    })
  }

  // Regression: names come from servers, and one was executed as a command when Tab was pressed.
  it.runIf(findProgram('bash') !== null)('of bash execute no key name', async () => {
    const names = ['$(echo${IFS}ran>ran)', '`echo ran>ran`', 'a;echo ran>ran', '$HOME', '*']
    const before = app.answers
    app.answers = { list: () => ({ keys: [...names.map((name) => ({ ...key, name })), { ...key, name: 'ci' }] }) }
    expect((await inBash('latchkey get ')).sort()).toEqual([...names.map(() => key.id), 'ci'].sort())
    expect(existsSync(join(app.folder, 'ran'))).toBe(false)
    app.answers = before

    // Whatever the command prints, since another version of it may print something else.
    writeFileSync(join(app.folder, 'names'), names.map((name) => `latchkey://x/${name}\n`).join(''))
    const script = `latchkey() { cat names; }; source ./completion.bash; COMP_WORDS=(latchkey get ''); COMP_CWORD=2; _latchkey; printf '%s\n' "\${COMPREPLY[@]}"`
    expect(await inShell('bash', script)).toEqual([])
    expect(existsSync(join(app.folder, 'ran'))).toBe(false)
  })

  it.runIf(findProgram('zsh') !== null)('of zsh complete typed words in an interactive shell', async () => {
    const finished = {
      'latchkey stat': 'us ',
      'latchkey get pay': 'ments ',
      'latchkey run --no-m': 'ask ',
      'latchkey run -e A=b -- basena': 'me ',
      'latchkey completion z': 'sh ',
    }
    mkdirSync(join(app.folder, 'functions'))
    writeFileSync(join(app.folder, 'functions', '_latchkey'), (await app.run(['completion', 'zsh'])).stdout)
    // It reads until the expected text has arrived, and would wait for anything else until the test times out.
    const typed = Object.entries(finished).map(
      ([words, rest]) =>
        `zpty -w -n z '${words}'$'\\t'; zpty -r z out $'*${words}*${rest}*' && print -r -- '${words}'; zpty -w -n z $'\\x15'`,
    )
    const prepare = `zpty -w z 'fpath=(${join(app.folder, 'functions')} $fpath); autoload -Uz compinit; compinit -u -D; print ready\${:-to}type'; zpty -r z out '*readytotype*'`
    const shown = await inShell('zsh', `zmodload zsh/zpty; TERM=dumb zpty z 'zsh -f -i'; ${prepare}; ${typed.join('; ')}; zpty -d z`)
    expect(shown.join(' ')).toBe(Object.keys(finished).join(' '))
  })
})
