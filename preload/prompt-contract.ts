/**
 * The contract of the prompt: the small window that stays on top and asks one question at a time. No message carries a secret in either
 * direction. The pairing code is not one: it is shown to be compared, and is useless afterwards.
 */
import * as v from 'valibot'
import { approvals, secretsSent } from '../shared/lists/approvals.ts'
import { purposes } from '../shared/lists/purposes.ts'
import { accountId, count, entryId, keyId, nothing, theme, time } from './shapes.ts'

const text = v.pipe(v.string(), v.maxLength(4096))

const askingProgram = v.strictObject({
  ...{ kind: v.literal('program'), program: text, folder: text, terminal: v.nullable(text), session: text },
  process: v.exactOptional(v.strictObject({ pid: count, startedAt: time, startedBy: v.nullable(text) })),
})

/** Who asks. `Requester` in `main/vault/model/requester.ts` describes the fields. */
export const askingRequester = v.variant('kind', [
  v.strictObject({ kind: v.literal('site'), origin: text, browser: text, pairing: text }),
  askingProgram,
])

const namedKey = v.strictObject({
  accountId,
  id: keyId,
  name: v.string(),
  account: v.string(),
  lastFour: v.nullable(v.pipe(v.string(), v.length(4))),
})

export const prompt = v.variant('kind', [
  /** May this requester have these keys' values? */
  v.strictObject({
    kind: v.literal('release'),
    id: entryId,
    keys: v.pipe(v.array(v.strictObject({ name: v.string(), account: v.string() })), v.minLength(1)),
    purpose: v.picklist(purposes),
    requester: askingRequester,
    /** The program's own description of what it wants to run or fill; null if it gives none. */
    detail: v.nullable(text),
    /** The possible answers besides no, in the order in which they are shown. */
    answers: v.pipe(v.array(v.picklist(approvals)), v.minLength(1)),
    /** How long the answer `for-a-while` is valid. */
    minutes: count,
    expiresAt: time,
    /** The number of prompts in the queue behind this one. */
    waiting: count,
  }),
  /** Which key belongs to this site? A browser's extension asks, or a program that logs in there. */
  v.strictObject({
    kind: v.literal('choose'),
    id: entryId,
    origin: text,
    requester: askingRequester,
    /** The domain whose sub-domains can be allowed; null if sub-domains cannot be allowed. */
    domain: v.nullable(text),
    keys: v.array(namedKey),
    expiresAt: time,
    waiting: count,
  }),
  /** May this be sent to this server? */
  v.strictObject({
    kind: v.literal('server'),
    id: entryId,
    url: text,
    appId: text,
    /** Whether the vault has no account on the server. A yes then also covers what is sent there later. */
    isNew: v.boolean(),
    sends: v.picklist(secretsSent),
    /** The key whose stored value is sent; null if none is. */
    key: v.nullable(v.strictObject({ name: v.string(), account: v.string() })),
    expiresAt: time,
    waiting: count,
  }),
  /** May this program's value be stored? */
  v.strictObject({
    kind: v.literal('store'),
    id: entryId,
    name: v.string(),
    /** The key that already has this value; null if none has. */
    same: v.nullable(v.strictObject({ name: v.string(), account: v.string() })),
    requester: askingProgram,
    expiresAt: time,
    waiting: count,
  }),
  /** Does the browser's extension show the same code? */
  v.strictObject({
    kind: v.literal('pair'),
    id: entryId,
    browser: text,
    code: v.pipe(v.string(), v.regex(/^\d{6}$/)),
    /** The number of other pairings that were begun recently and not confirmed: each may be an attempt to guess a code. */
    otherAttempts: count,
    expiresAt: time,
    waiting: count,
  }),
])

export const promptCalls = {
  /** The prompt to answer now; null if nothing is asked. */
  'prompt.current': { input: nothing, output: v.strictObject({ theme, prompt: v.nullable(prompt) }) },
  /**
   * Reports that the page has drawn this prompt, and the height in pixels that it needs. Only then is the window shown. It accepts no answer
   * for the next half second. A prompt that has ended is not shown.
   */
  'prompt.drawn': {
    input: v.strictObject({ id: entryId, height: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)) }),
    output: nothing,
  },
  /** An answer to a prompt that has ended is ignored: it may have expired while the person pressed the button. */
  'prompt.answer': {
    input: v.variant('answer', [
      v.strictObject({ id: entryId, answer: v.picklist(['deny', ...approvals, 'same-code', 'send', 'store']) }),
      v.strictObject({ id: entryId, answer: v.literal('choose'), accountId, keyId, subdomains: v.boolean() }),
    ]),
    output: nothing,
  },
} as const

export const promptEvents = { 'prompt.changed': v.nullable(prompt) } as const

export type Prompt = v.InferOutput<typeof prompt>
export type PromptAnswer = v.InferOutput<(typeof promptCalls)['prompt.answer']['input']>
