import { formsOf } from '../../forms.ts'

const { count, form, number } = formsOf('en-GB')

/** The prompts before a value leaves, before a browser is paired, and before a secret is sent to a new server. */
export const prompt = {
  choose: {
    question: 'Which key is for this site?',
    effect: 'It is filled in there now, and later when you ask for it.',
    effectForProgram: 'The program logs in there with it now, and can ask for it there later.',
    none: 'No key’s value is on this computer, so there is none to use.',
    find: 'Find a key',
    keys: 'Keys',
    noMatch: 'No key has that name.',
    wider: (domain: string) => `Also at every sub-domain of ${domain}`,
    first: 'Choose a key first',
    use: 'Use on this site',
  },
  claim: {
    site: 'The browser says, and Latchkey cannot check it:',
    program: 'The program says, and Latchkey cannot check it:',
  },
  frame: {
    who: 'Latchkey asks',
    left: (seconds: number) => `Refused in ${number(seconds)} s`,
    waiting: (more: number) => count(more, { one: 'more request waits', other: 'more requests wait' }),
  },
  pair: {
    question: 'Does the browser show this code?',
    effect:
      'If it does, its extension can ask for keys from now on, each with your approval. If it shows another code or none, something else is asking, and is not paired.',
    code: (digits: string) => `Code: ${digits}`,
    attempts: (others: number) =>
      `${count(others, { one: 'other pairing was', other: 'other pairings were' })} begun in the last ten minutes and not confirmed. If you did not begin ${form(others, { one: 'it', other: 'them' })}, a program may be guessing codes: find out which before you pair.`,
    other: 'Another code, or none',
    same: 'The same code',
  },
  server: {
    /** A server that is new to this vault. */
    connect: {
      question: 'Connect to this server?',
      effect:
        'It is new to this vault: check its address. Once you connect, what you type to sign in there and the values of its keys can be sent to it without asking again.',
      yes: 'Connect',
    },
    /** A stored value, to a server that the vault already knows. */
    send: {
      question: 'Send this value to this server?',
      effect: 'The server then knows the value, and can do with it what it likes.',
      yes: 'Send',
    },
    server: 'Server',
    app: 'App ID',
    sent: 'Sent now',
    valueOf: (name: string) => `The value of ${name}`,
    sends: {
      password: 'Your e-mail and password',
      email: 'Your e-mail address',
      'api-key': 'The API key that you entered',
      'custom-token': 'The token that you entered',
      'stored-value': 'A stored value',
      nothing: 'Nothing of yours: an anonymous account is made',
    },
  },
  store: {
    question: 'Store this program’s value?',
    effect: 'It becomes a key in Stored values, under this name. Nothing that is there is replaced.',
    name: 'Name',
    same: 'Same value as',
    deny: 'Deny',
    yes: 'Store',
  },
  facts: {
    keys: (keys: number) => form(keys, { one: 'Key', other: 'Keys' }),
    site: 'Site',
    browser: 'Browser',
    coded: 'Its name has letters beyond a–z, shown here in their coded form.',
    program: 'Program',
    seen: (pid: number, started: string) => `Process ${pid}, started ${started}. Seen, not proved: a program can pass as another.`,
    unproven: 'Seen, not proved: a program can pass as another.',
    startedBy: 'Started by',
    folder: 'Folder',
    terminal: 'Terminal',
    background: 'None: it runs in the background',
  },
  release: {
    /**
     * The question and the effect of a yes, for each purpose of a site or a program. Combinations that cannot occur have a text too,
     * because the window does not know which these are.
     */
    purposes: {
      fill: {
        question: (keys: number) => `Fill in ${them(keys)} on a site?`,
        effect: (_keys: number) => 'It goes into the field that you chose on the page.',
      },
      get: {
        question: (keys: number) => `Give ${them(keys)} to a program?`,
        effect: (keys: number) =>
          form(keys, {
            one: 'The program reads the value and can do with it what it likes.',
            other: 'The program reads the values and can do with them what it likes.',
          }),
      },
      run: {
        question: (keys: number) => `Run a command with ${them(keys)}?`,
        effect: (keys: number) =>
          form(keys, { one: 'The command gets the value in its environment.', other: 'The command gets the values in its environment.' }),
      },
      inject: {
        question: (keys: number) => `Put ${them(keys)} into a text?`,
        effect: (keys: number) =>
          form(keys, {
            one: 'The value takes the place of its reference, and the program reads the text.',
            other: 'The values take the places of their references, and the program reads the text.',
          }),
      },
      login: {
        question: (keys: number) => `Let a tool log in with ${them(keys)}?`,
        effect: (_keys: number) => 'The tool gets the value, to send it to the site.',
      },
      copy: {
        question: (keys: number) => `Copy ${them(keys)} to the clipboard?`,
        effect: (_keys: number) => 'Every program can read the clipboard, until it is cleared.',
      },
      type: {
        question: (keys: number) => `Type ${them(keys)} into a window?`,
        effect: (_keys: number) => 'It is typed as if by your keyboard.',
      },
      reveal: { question: (keys: number) => `Show ${them(keys)}?`, effect: (_keys: number) => 'It can be read on the screen.' },
      verify: { question: (keys: number) => `Check ${them(keys)}?`, effect: (_keys: number) => 'Latchkey logs in with it, and out again.' },
      'sign-in': {
        question: (keys: number) => `Sign in with ${them(keys)}?`,
        effect: (_keys: number) => 'It goes to the server of the account.',
      },
      export: { question: (keys: number) => `Export ${them(keys)}?`, effect: (_keys: number) => 'It is written to a file, in clear.' },
    },
    /** `minutes`: how long a temporary approval lasts. */
    durations: (minutes: number) => {
      const time = count(minutes, { one: 'minute', other: 'minutes' })
      return {
        once: { word: 'Only now', allow: 'Allow' },
        'for-a-while': { word: time, allow: `Allow for ${time}` },
        always: { word: 'Always', allow: 'Always allow' },
      }
    },
    /** What an answer allows later. `until` is a time of day, or null for always. */
    consequences: {
      once: 'The next time, you are asked again.',
      site: (keys: number, until: string | null) =>
        later(until, form(keys, { one: 'this site gets it in this browser', other: 'this site gets them in this browser' }), keys),
      program: (keys: number, until: string, terminal: boolean) =>
        `${later(until, `this program gets ${form(keys, { one: 'it', other: 'them' })} in this folder${terminal ? ' and terminal' : ''}`, keys)} Any program in the same ${terminal ? 'terminal' : 'session'} can pass as it.`,
    },
    how: 'How long this answer holds',
    deny: 'Deny',
  },
}

function them(keys: number): string {
  return form(keys, { one: 'this key', other: `these ${number(keys)} keys` })
}

function later(until: string | null, who: string, keys: number): string {
  const only = form(keys, { one: 'this key', other: 'these keys' })
  if (until === null) return `From now on ${who} without asking, for the same purpose and only ${only}. You can revoke it under Approvals.`
  return `Until ${until}, or until the vault is locked, ${who} without asking, for the same purpose and only ${only}.`
}
