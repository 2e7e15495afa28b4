import { dirname } from 'node:path'
import { latchkey, Started } from '../../clients/command-line.ts'

/** A shell in a terminal of its own, with `latchkey` in its path. */
export class Terminal {
  readonly #shell: Started
  #read = 0

  /** @param profile of the app that the command calls */
  constructor(profile: string, folder: string) {
    const env = {
      ...process.env,
      LATCHKEY_PROFILE_DIR: profile,
      PATH: `${dirname(latchkey)}:${process.env['PATH']}`,
      TERM: 'dumb',
      SHELL: '/bin/bash',
    }
    this.#shell = new Started('script', ['--quiet', '--command', 'bash --norc --noprofile -i', '/dev/null'], { env, cwd: folder })
  }

  /** Everything that was on it so far. */
  get transcript(): string {
    return this.#shell.stdout
  }

  /**
   * Types a command.
   * @returns its output, and the shell's status after it
   */
  async type(command: string): Promise<{ shown: string; status: number }> {
    this.#shell.child.stdin.write(`${command}; echo "<$?>"\n`)
    for (;;) {
      const { stdout } = this.#shell
      const ended = /<(\d+)>\r?\n/.exec(stdout.slice(this.#read))
      if (ended !== null) {
        const shown = stdout.slice(this.#read, this.#read + ended.index)
        this.#read += ended.index + ended[0].length
        // Input that is typed before the shell reads is echoed by the terminal, and once more by the shell.
        return {
          shown: shown
            .slice(shown.lastIndexOf('"<$?>"') + 6)
            .replaceAll('\r\n', '\n')
            .replace(/^\n/, ''),
          status: Number(ended[1]),
        }
      }
      await this.#shell.more(`the end of ${command}`)
    }
  }

  /** Presses Ctrl+C. The shell runs nothing more of what was typed, so it is asked for the status once more. */
  async interrupt(): Promise<void> {
    this.#shell.child.stdin.write('\x03')
    while (!this.#shell.stdout.slice(this.#read).includes('^C')) await this.#shell.more('^C')
    this.#shell.child.stdin.write('echo "<$?>"\n')
  }

  async close(): Promise<void> {
    this.#shell.child.stdin.end('\nexit\n')
    await this.#shell.ended
  }
}
