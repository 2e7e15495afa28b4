import type { Prompt } from '../../preload/prompt-contract.ts'

export type Release = Extract<Prompt, { kind: 'release' }>
export type Choose = Extract<Prompt, { kind: 'choose' }>
export type Pair = Extract<Prompt, { kind: 'pair' }>
export type Duration = 'once' | 'for-a-while' | 'always'

interface PurposeWords {
  /** The question; `them` is “this key” or “these 3 keys”. */
  readonly question: (them: string) => string
  /** Where the value goes if the answer is yes. */
  readonly effect: (several: boolean) => string
}

/** What is asked, for each purpose a site or a program can have, and those it cannot: the window does not know which those are. */
export const purposeWords: Record<Release['purpose'], PurposeWords> = {
  fill: {
    question: (them) => `Fill in ${them} on a site?`,
    effect: () => 'It goes into the field that you chose on the page.',
  },
  get: {
    question: (them) => `Give ${them} to a program?`,
    effect: (several) => `The program reads the ${plural('value', several)} and can do with ${several ? 'them' : 'it'} what it likes.`,
  },
  run: {
    question: (them) => `Run a command with ${them}?`,
    effect: (several) => `The command gets the ${plural('value', several)} in its environment.`,
  },
  inject: {
    question: (them) => `Put ${them} into a text?`,
    effect: (several) =>
      several ? 'The values take the places of their references, and the program reads the text.' : 'The value takes the place of its reference, and the program reads the text.',
  },
  copy: {
    question: (them) => `Copy ${them} to the clipboard?`,
    effect: () => 'Every program can read the clipboard, until it is cleared.',
  },
  type: {
    question: (them) => `Type ${them} into a window?`,
    effect: () => 'It is typed as if by your keyboard.',
  },
  reveal: { question: (them) => `Show ${them}?`, effect: () => 'It can be read on the screen.' },
  verify: { question: (them) => `Check ${them}?`, effect: () => 'Latchkey logs in with it, and out again.' },
  export: { question: (them) => `Export ${them}?`, effect: () => 'It is written to a file, in clear.' },
  'sign-in': { question: (them) => `Sign in with ${them}?`, effect: () => 'It goes to the server of the account.' },
}

/** @param minutes how long an answer for a while holds */
export function durationWords(minutes: number): Record<Duration, { readonly word: string; readonly allow: string }> {
  const time = minutes === 1 ? '1 minute' : `${minutes} minutes`
  return {
    once: { word: 'Only now', allow: 'Allow' },
    'for-a-while': { word: time, allow: `Allow for ${time}` },
    always: { word: 'Always', allow: 'Always allow' },
  }
}

/** What an answer lets happen later on. `until`: the time of day at which an answer for a while ends. */
export function consequence({ requester, keys }: Release, duration: Duration, until: string): string {
  if (duration === 'once') return 'The next time, you are asked again.'
  const them = keys.length > 1 ? 'these keys' : 'this key'
  const who = requester.kind === 'site' ? 'this site gets it in this browser' : `this program gets ${keys.length > 1 ? 'them' : 'it'} in this folder`
  if (duration === 'always') {
    return `From now on ${who} without asking, for the same purpose and only ${them}. You can revoke it under Approvals.`
  }
  const here = requester.kind === 'program' && requester.terminal !== null ? ' and terminal' : ''
  return `Until ${until}, or until the vault is locked, ${who}${here} without asking, for the same purpose and only ${them}.`
}

export function themOf(count: number): string {
  return count === 1 ? 'this key' : `these ${count} keys`
}

/** How much of a path is the name at its end. A backslash divides on Windows only: elsewhere it can be in a name. */
export function nameLength(path: string): number {
  const name = path.startsWith('/') ? /[^/]*\/?$/ : /[^/\\]*[/\\]?$/
  return name.exec(path)?.[0].length ?? path.length
}

/** How much of an origin is its host and port. */
export function hostLength(origin: string): number {
  return origin.length - (origin.indexOf('://') + 3)
}

/** Whether a host has letters of other alphabets, which are written as `xn--…` and could else look like another host’s. */
export function hasForeignLetters(origin: string): boolean {
  return /(?:^|[/.])xn--/i.test(origin)
}

function plural(noun: string, several: boolean): string {
  return several ? `${noun}s` : noun
}
