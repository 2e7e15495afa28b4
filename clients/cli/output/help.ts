import { usage } from './fault.ts'

const overview = `latchkey COMMAND [OPTION...]

Gives keys of the running Latchkey to programs, and stores keys in it. Latchkey asks you before a value leaves it.

  list        the keys there are
  get         print one value
  run         run a program with values in its environment
  inject      put values in the place of references in a text
  copy        copy one value to the clipboard
  add         store a value
  connect     have git ask Latchkey for logins
  disconnect  take that back
  quick       open the quick palette
  doctor      what is wrong with the keychain, and what to do
  journal     verify an exported journal
  status      whether Latchkey runs, and its vault is open
  completion  completions for bash, zsh or fish

A key is named KEY, ACCOUNT/KEY, or latchkey://ACCOUNT/KEY. latchkey COMMAND --help tells more.

Exit status
  0  done                          4  the vault is locked or closed
  1  a fault, or another refusal   5  refused by you, or not answered
  2  wrong use                     6  no such key or account, or several
  3  Latchkey cannot be reached    7  the key's value is not here
run ends with the program's own status or by the signal that ended it, with 126 if it cannot be run, 127 if it is not
there.

Environment
  LATCHKEY_PROFILE_DIR  the profile whose Latchkey is asked, if it is not the usual one
  LATCHKEY_APP          the program that starts Latchkey, if it is not the one that ran last
`

const noStart = `  --no-start          do not start Latchkey if it is not running`

const texts: Readonly<Record<string, string>> = {
  list: `latchkey list [OPTION...]

Lists the keys of every account. Needs an open vault, and no approval: there are names in it, and no values.

  -a, --account NAME  only the keys of this account
  -r, --references    as references, one a line
  --json              as JSON: {"keys": [{"reference", "account", "accountId", "id", "name", "enabled", "value",
                      "createdAt"}]}
${noStart}
`,
  get: `latchkey get KEY [OPTION...]

Prints the value of a key: alone for a program, with a line's end on a terminal.

  -n, --no-newline    no line's end on a terminal either
${noStart}
`,
  run: `latchkey run [OPTION...] -- PROGRAM [ARGUMENT...]

Runs a program with values in its environment. They are in nobody else's, and in no arguments.

  -e, --env NAME=KEY    sets a variable to the value of a key; more than once for more
  -f, --env-file FILE   sets the variables of a file, with its latchkey://ACCOUNT/KEY replaced; more than once for more
  --no-mask             leaves the program's output as it is, and leaves it the terminal
${noStart}

A variable that is set replaces one of the same name. --env wins over files, and later files over earlier ones.

In what the program writes, the values are shown as ********, also in base64, and escaped as in URLs, JSON and shells. Its
outputs are pipes then, and no terminal: most programs write without colours, and some that want a terminal need --no-mask.
A value of fewer than 6 characters is not masked, which is said.

Signals and open files are passed on. The status is the program's own, and a signal that ends it ends this command.
`,
  inject: `latchkey inject [OPTION...]

Copies a text, with each latchkey://ACCOUNT/KEY in it replaced by the value.

  -i, --in FILE       the text; standard input if not given
  -o, --out FILE      where it goes: a new file readable by you alone, or a pipe that is there; standard output if not given
  -f, --force         replace that file if it is there
${noStart}
`,
  copy: `latchkey copy KEY [OPTION...]

Copies the value of a key to the clipboard, from which Latchkey takes it back after a time.

${noStart}
`,
  add: `latchkey add NAME [OPTION...]

Stores a value under a name, in the account Stored values. On a terminal it is one line, typed or pasted without being shown;
otherwise it is read from standard input, also of several lines: latchkey add github < token.txt. It is never an argument, which other programs could see.
White space around a value of one line is removed.

${noStart}
`,
  connect: `latchkey connect git [OPTION...]

Has git ask Latchkey for logins over https. Latchkey answers with the key that belongs to the site, after you allowed it. If
none belongs to it yet, Latchkey asks you in its window which one does.

Your git configuration gets one line, which includes a file of Latchkey's. While it does, git asks no other helper that your
configuration or the system's names: git gives them all what worked, and some write it to a file in clear.

  --list              what is connected
`,
  disconnect: `latchkey disconnect git

Takes back what latchkey connect git wrote.
`,
  'git-credential': `latchkey git-credential get|store|erase [OPTION...]

Answers git, as one of its credential helpers. latchkey connect git has git call it.

${noStart}
`,
  quick: `latchkey quick [OPTION...]

Opens the quick palette: type to find a key, Enter to type it into the window that was in front.

${noStart}
`,
  doctor: `latchkey doctor [OPTION...]

Says what is wrong with the keychain, and with what Latchkey keeps in it, and what to do about it. Ends with 0 if all is
well and 1 if not.

  --json              the findings as JSON
${noStart}
`,
  journal: `latchkey journal verify FILE [OPTION...]

Says whether a journal that was exported from Latchkey is whole, and names each line that was changed, dropped, moved or
repeated, and an end that was cut off. FILE is - for standard input. Does not ask Latchkey: it runs anywhere.

  -k, --key KEY       the vault's key, as Latchkey shows it under Journal: also wrong if another key has signed the file
  --json              as JSON: {"whole", "key", "keyAsWanted", "first", "last", "lines", "faults": [{"kind", "row", "seq",
                      "from", "to"}]}

Ends with 0 if it is whole, 1 if not, 2 if it cannot be read. Who has Latchkey open can export what its journal says, and
nobody without the vault's key can make another file that this key has signed. What it does not tell is whether a newer
export exists.
`,
  status: `latchkey status [OPTION...]

Says whether Latchkey runs and whether its vault is open. Ends with 0 if it is, 4 if it is closed, 3 if Latchkey does not
run. Never starts it.

  --json              as JSON: {"running", "version", "vault", "code", "account", "keys"}
`,
  completion: `latchkey completion bash|zsh|fish

Prints the completions for a shell. Names of keys are completed while Latchkey is running.

  bash  echo 'source <(latchkey completion bash)' >> ~/.bashrc
  zsh   latchkey completion zsh > "\${fpath[1]}/_latchkey"
  fish  latchkey completion fish > ~/.config/fish/completions/latchkey.fish
`,
}

/** @throws Fault for an unknown command */
export function helpFor(command: string | undefined): string {
  if (command === undefined) return overview
  const text = Object.hasOwn(texts, command) ? texts[command] : undefined
  if (text === undefined) throw usage(`There is no command ${command}.`, 'latchkey --help lists them.')
  return text
}
