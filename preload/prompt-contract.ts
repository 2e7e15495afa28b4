/**
 * The border of the prompt: the small window that stays on top and asks one thing at a time. No secret crosses here in either
 * direction; the pairing's code is shown to be compared, and is worth nothing afterwards.
 */
import * as v from 'valibot'
import { approvals, secretsSent } from '../shared/lists/approvals.ts'
import { purposes } from '../shared/lists/purposes.ts'
import { accountId, count, entryId, keyId, nothing, theme, time } from './shapes.ts'

const text = v.pipe(v.string(), v.maxLength(4096))

/** Who asks. What each field means stands with the vault's `Requester`. */
export const askingRequester = v.variant('kind', [
  v.strictObject({ kind: v.literal('site'), origin: text, browser: text, pairing: text }),
  v.strictObject({
    ...{ kind: v.literal('program'), program: text, folder: text, terminal: v.nullable(text), session: text },
    process: v.exactOptional(v.strictObject({ pid: count, startedAt: time, startedBy: v.nullable(text) })),
  }),
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
    /** What the program wants to run or fill, in its own words; null where it says nothing. */
    detail: v.nullable(text),
    /** What the person may answer besides no, in this order. */
    answers: v.pipe(v.array(v.picklist(approvals)), v.minLength(1)),
    /** How long an answer for a while holds. */
    minutes: count,
    expiresAt: time,
    /** How many more ask after this one. */
    waiting: count,
  }),
  /** Which key belongs to this site? */
  v.strictObject({
    kind: v.literal('choose'),
    id: entryId,
    origin: text,
    browser: text,
    /** The domain that its sub-domains would be allowed of; null where the site has none to allow. */
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
    /** Whether the vault knows no account there: a yes is for what is sent there later, too. */
    isNew: v.boolean(),
    sends: v.picklist(secretsSent),
    /** The key whose stored value is sent; null for what the person typed. */
    key: v.nullable(v.strictObject({ name: v.string(), account: v.string() })),
    expiresAt: time,
    waiting: count,
  }),
  /** Does the browser's extension show the same code? */
  v.strictObject({
    kind: v.literal('pair'),
    id: entryId,
    browser: text,
    code: v.pipe(v.string(), v.regex(/^\d{6}$/)),
    /** How many other pairings were begun lately and not confirmed: each is a try at a code. */
    otherAttempts: count,
    expiresAt: time,
    waiting: count,
  }),
])

export const promptCalls = {
  /** What is asked now; null when nothing is. */
  'prompt.current': { input: nothing, output: v.strictObject({ theme, prompt: v.nullable(prompt) }) },
  /**
   * The page has drawn this prompt and needs so many pixels of height: the window is shown then and not before, and takes no answer
   * until half a second later. A prompt that is over is not shown.
   */
  'prompt.drawn': {
    input: v.strictObject({ id: entryId, height: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)) }),
    output: nothing,
  },
  /** An answer to a prompt that is over is no error: it may have expired while the button was pressed. */
  'prompt.answer': {
    input: v.variant('answer', [
      v.strictObject({ id: entryId, answer: v.picklist(['deny', ...approvals, 'same-code', 'send']) }),
      v.strictObject({ id: entryId, answer: v.literal('choose'), accountId, keyId, subdomains: v.boolean() }),
    ]),
    output: nothing,
  },
} as const

export const promptEvents = { 'prompt.changed': v.nullable(prompt) } as const

export type Prompt = v.InferOutput<typeof prompt>
export type PromptAnswer = v.InferOutput<(typeof promptCalls)['prompt.answer']['input']>
