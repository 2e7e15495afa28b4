import { randomBytes } from 'node:crypto'
import type { Prompt, PromptAnswer } from '../../preload/prompt-contract.ts'
import { offeredApprovals } from '../vault/release/grants.ts'
import type { ApprovalRequest, Approver, ServerRequest } from '../vault/ports/approver.ts'
import type { Approval } from '../../shared/lists/approvals.ts'
import type { Clock } from '../vault/ports/surroundings.ts'
import { Refusal, type RefusalCode } from '../vault/refusal.ts'
import { PromptBackoff } from './prompt-backoff.ts'

/** How long a request waits for its answer, from when it was made, in milliseconds. */
const promptTimeoutMs = 60_000
/** How many prompts may be queued, including the current one: in all, and for one program or browser. */
const maxQueued = 5
const maxQueuedPerRequester = 3
/** The contract's limit for a text. */
const maxTextLength = 4096

type Question = Prompt extends infer P ? (P extends Prompt ? Omit<P, 'id' | 'expiresAt' | 'waiting'> : never) : never
type ChosenKey = Extract<PromptAnswer, { answer: 'choose' }>

export interface SiteChoice {
  readonly origin: string
  readonly browser: string
  /** The domain whose sub-domains could be allowed too; null if they cannot be. */
  readonly domain: string | null
  readonly keys: Extract<Prompt, { kind: 'choose' }>['keys']
  readonly withdrawn?: AbortSignal
}

export interface PairingQuestion {
  readonly browser: string
  readonly code: string
  /** How many other pairings were begun recently and not confirmed. */
  readonly otherAttempts: number
  readonly withdrawn?: AbortSignal
  /** Called once, when the person can see the prompt. */
  readonly shown?: () => void
}

interface QueuedPrompt {
  readonly id: string
  readonly question: Question
  readonly expiresAt: number
  readonly timer: ReturnType<typeof setTimeout>
  /** The program or browser that the queue's limit counts for. */
  readonly requester: string
  /** The program or site that the backoff counts for. */
  readonly backoffKey: string
  /** Equal for repeated requests for the same keys and purpose. A denial refuses all of them. */
  readonly subject: string
  /** As `subject`, but equal only within the same terminal session or pairing. A remembered approval answers all of them. */
  readonly sameRequest: string
  readonly denied: RefusalCode
  /** @throws Refusal `input-invalid` if that is no answer to this prompt, which stays queued */
  readonly accept: (answer: PromptAnswer) => void
  readonly refuse: (code: RefusalCode) => void
  readonly shown: () => void
  /** Stops watching for a withdrawal. */
  readonly stopWatching: () => void
}

interface Asker extends Pick<QueuedPrompt, 'requester' | 'backoffKey' | 'subject' | 'sameRequest'> {
  readonly withdrawn: AbortSignal | undefined
  readonly shown?: (() => void) | undefined
}

/** The queue of prompts for the person, one at a time and in order. It shows nothing itself; the watcher does. */
export class Prompts implements Approver {
  readonly #clock: Clock
  readonly #minutes: () => number
  readonly #backoff = new PromptBackoff()
  #queue: readonly QueuedPrompt[] = []
  #changed: () => void = () => {}

  /** @param minutes how long an approval "for a while" lasts */
  constructor(clock: Clock, minutes: () => number) {
    this.#clock = clock
    this.#minutes = minutes
  }

  /** Calls `changed` when the current prompt, or the number of prompts behind it, has changed. */
  watch(changed: () => void): void {
    this.#changed = changed
  }

  /** @throws Refusal `request-invalid`, beside those of the port, if there is more text than a person could read */
  ask(request: ApprovalRequest): Promise<Approval> {
    const { keys, purpose, requester, detail, withdrawn } = request
    const from = requester.kind === 'site' ? requester.browser : requester.program
    // Distinguish programs behind the same shell: otherwise one could have the other refused, by asking through the shell.
    const behind = requester.kind === 'site' ? requester.origin : (requester.process?.startedBy ?? null)
    const answers = offeredApprovals(requester)
    const wanted = keys.map(({ accountId, keyId }) => `${accountId}/${keyId}`).sort()
    const question: Question = {
      ...{ kind: 'release', purpose, requester, answers: [...answers], minutes: this.#minutes() },
      keys: keys.map(({ name, account }) => ({ name, account })),
      detail: detail === null || detail.length <= maxTextLength ? detail : `${detail.slice(0, maxTextLength - 1)}…`,
    }
    const sameRequest = JSON.stringify([{ ...requester, process: null }, purpose, wanted])
    const asker = {
      requester: requester.kind === 'site' ? from : JSON.stringify([from, behind]),
      backoffKey: JSON.stringify([from, behind]),
      subject: JSON.stringify([from, behind, purpose, wanted]),
      sameRequest,
      withdrawn,
    }
    return this.#enqueue(question, asker, 'approval-denied', ({ answer }) => {
      const given = answers.find((one) => one === answer)
      if (given === undefined) throw new Refusal('input-invalid')
      return given
    })
  }

  /** Which key belongs to a site. @throws Refusal as `ask` */
  choose({ origin, browser, domain, keys, withdrawn }: SiteChoice): Promise<{ accountId: string; keyId: string; subdomains: boolean }> {
    const question: Question = { kind: 'choose', origin, browser, domain, keys: [...keys] }
    const subject = JSON.stringify(['choose', browser, origin])
    const asker = { requester: browser, backoffKey: JSON.stringify([browser, origin]), subject, sameRequest: subject, withdrawn }
    return this.#enqueue(question, asker, 'approval-denied', (answer) => {
      if (answer.answer !== 'choose' || !isOffered(question, answer)) throw new Refusal('input-invalid')
      return { accountId: answer.accountId, keyId: answer.keyId, subdomains: answer.subdomains }
    })
  }

  /** Resolves once the person has said that both sides show this code. @throws Refusal `pairing-refused`, and as `ask` */
  pair({ browser, code, otherAttempts, withdrawn, shown }: PairingQuestion): Promise<void> {
    // With the code: refusing one of two profiles or tabs of a browser does not refuse the other.
    const subject = JSON.stringify(['pair', browser, code])
    const asker = { requester: browser, backoffKey: JSON.stringify([browser, null]), subject, sameRequest: subject, withdrawn, shown }
    return this.#enqueue({ kind: 'pair', browser, code, otherAttempts }, asker, 'pairing-refused', ({ answer }) => {
      if (answer !== 'same-code') throw new Refusal('input-invalid')
    })
  }

  /** Resolves once the person has said that this may be sent to this server. @throws Refusal `server-unconfirmed`, and as `ask` */
  confirmServer({ server, isNew, sends, key }: ServerRequest): Promise<void> {
    const subject = JSON.stringify(['server', server.url, server.appId, sends, key])
    // One backoff for all servers: a page that asks for one server after the other must wait like a page that asks for one.
    const asker = { requester: 'server', backoffKey: JSON.stringify(['server']), subject, sameRequest: subject, withdrawn: undefined }
    const question: Question = { kind: 'server', url: server.url, appId: server.appId, isNew, sends, key }
    return this.#enqueue(question, asker, 'server-unconfirmed', ({ answer }) => {
      if (answer !== 'send') throw new Refusal('input-invalid')
    })
  }

  current(): Prompt | null {
    const first = this.#queue[0]
    if (first === undefined) return null
    return { ...first.question, id: first.id, expiresAt: first.expiresAt, waiting: this.#queue.length - 1 }
  }

  /** To be called each time that the prompt becomes visible. */
  markShown(id: string): void {
    const asked = this.#queue[0]
    if (asked?.id === id) asked.shown()
  }

  /**
   * Takes the person's answer to the current prompt. An answer to a prompt that has ended does nothing.
   * @throws Refusal `input-invalid` if the answer does not fit the prompt, which stays current
   */
  answer(answer: PromptAnswer): void {
    const asked = this.#queue[0]
    if (asked === undefined || asked.id !== answer.id) return
    const now = this.#clock()
    if (now >= asked.expiresAt) return this.#expire(asked) // the timer is late, after the computer slept
    if (answer.answer === 'deny') {
      this.#backoff.record(asked.backoffKey, 'denied', now)
      return this.#refuse(
        this.#queue.filter(({ subject }) => subject === asked.subject),
        asked.denied,
      )
    }
    asked.accept(answer)
    this.#backoff.reset(asked.backoffKey)
    const remembered = answer.answer === 'for-a-while' || answer.answer === 'always'
    const same = remembered ? this.#queue.filter((one) => one !== asked && one.sameRequest === asked.sameRequest) : []
    for (const one of same) one.accept({ id: one.id, answer: 'once' })
    this.#remove([asked, ...same])
  }

  /** Refuses all queued prompts, as on a lock. */
  refuseAll(code: RefusalCode): void {
    this.#refuse(this.#queue, code)
  }

  #enqueue<T>(
    question: Question,
    { withdrawn, shown = () => {}, ...from }: Asker,
    denied: RefusalCode,
    read: (answer: PromptAnswer) => T,
  ): Promise<T> {
    const now = this.#clock()
    if (withdrawn?.aborted === true) return Promise.reject(new Refusal('approval-expired'))
    if (isTooLong(question)) return Promise.reject(new Refusal('request-invalid'))
    const paused = this.#backoff.pausedAfter(from.backoffKey, now)
    if (paused !== null) return Promise.reject(new Refusal(paused === 'denied' ? denied : 'approval-busy'))
    const ofOne = this.#queue.filter(({ requester }) => requester === from.requester)
    if (this.#queue.length >= maxQueued || ofOne.length >= maxQueuedPerRequester) return Promise.reject(new Refusal('approval-busy'))
    return new Promise<T>((resolve, reject) => {
      const withdraw = (): void => this.#expire(asked)
      withdrawn?.addEventListener('abort', withdraw)
      const asked: QueuedPrompt = {
        ...from,
        ...{ id: randomBytes(8).toString('hex'), question, denied, expiresAt: now + promptTimeoutMs },
        timer: setTimeout(() => this.#expire(asked), promptTimeoutMs),
        accept: (answer) => resolve(read(answer)),
        refuse: (code) => reject(new Refusal(code)),
        shown,
        stopWatching: () => withdrawn?.removeEventListener('abort', withdraw),
      }
      this.#queue = [...this.#queue, asked]
      this.#changed()
    })
  }

  /**
   * Ends a prompt that expired or was withdrawn. Only the current one counts for the backoff, because the person has not seen the others.
   */
  #expire(asked: QueuedPrompt): void {
    if (asked === this.#queue[0]) this.#backoff.record(asked.backoffKey, 'unanswered', this.#clock())
    this.#refuse([asked], 'approval-expired')
  }

  #refuse(which: readonly QueuedPrompt[], code: RefusalCode): void {
    for (const asked of which) asked.refuse(code)
    this.#remove(which)
  }

  #remove(which: readonly QueuedPrompt[]): void {
    if (which.length === 0) return
    for (const { timer, stopWatching } of which) {
      clearTimeout(timer)
      stopWatching()
    }
    this.#queue = this.#queue.filter((asked) => !which.includes(asked))
    this.#changed()
  }
}

function isOffered(question: Question, { accountId, keyId, subdomains }: ChosenKey): boolean {
  if (question.kind !== 'choose' || (subdomains && question.domain === null)) return false
  return question.keys.some((key) => key.accountId === accountId && key.id === keyId)
}

/** A prompt whose texts exceed the contract's limit is refused, not truncated: a truncated path could name another program. */
function isTooLong(question: Question): boolean {
  if (question.kind === 'release') {
    const { requester } = question
    const startedBy = requester.kind === 'program' ? [requester.process?.startedBy ?? ''] : []
    const texts = [...Object.values(requester), ...startedBy].filter((text) => typeof text === 'string')
    return question.keys.length === 0 || texts.some((text) => text.length > maxTextLength)
  }
  if (question.kind === 'server') return question.url.length > maxTextLength
  return question.browser.length > maxTextLength || (question.kind === 'choose' && question.origin.length > maxTextLength)
}
