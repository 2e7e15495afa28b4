import { randomBytes } from 'node:crypto'
import type { Prompt, PromptAnswer } from '../../preload/prompt-contract.ts'
import { offeredApprovals } from '../vault/release/grants.ts'
import type { Approval, ApprovalRequest, Approver, ServerRequest } from '../vault/ports/approver.ts'
import type { Clock } from '../vault/ports/surroundings.ts'
import { Refusal, type RefusalCode } from '../vault/refusal.ts'
import { PromptBackoff } from './prompt-backoff.ts'

/** How long a request waits for its answer, from when it was made. */
const promptTimeoutMs = 60_000
/** How many may wait, the one that is shown among them: in all, and of one program or browser. */
const maxQueued = 5
const maxQueuedPerRequester = 3
/** What the prompt's window takes of one text. */
const maxTextLength = 4096

type Question = Prompt extends infer P ? (P extends Prompt ? Omit<P, 'id' | 'expiresAt' | 'waiting'> : never) : never
type ChosenKey = Extract<PromptAnswer, { answer: 'choose' }>

export interface SiteChoice {
  readonly origin: string
  readonly browser: string
  /** Of which sub-domains could be allowed too; null where none can. */
  readonly domain: string | null
  readonly keys: Extract<Prompt, { kind: 'choose' }>['keys']
  readonly withdrawn?: AbortSignal
}

export interface PairingQuestion {
  readonly browser: string
  readonly code: string
  /** How many other pairings were begun lately and not confirmed. */
  readonly otherAttempts: number
  readonly withdrawn?: AbortSignal
  /** Called once, when the person can see it. */
  readonly shown?: () => void
}

interface QueuedPrompt {
  readonly id: string
  readonly question: Question
  readonly expiresAt: number
  readonly timer: ReturnType<typeof setTimeout>
  /** Whose it is: a program, or a browser with all its sites. */
  readonly requester: string
  /** Who is not asked for again at once after a no: the program, or the one site. */
  readonly backoffKey: string
  /** What it is for: the same, asked again, has the same. */
  readonly subject: string
  /** As `subject`, and down to the terminal's session or the pairing. */
  readonly sameRequest: string
  readonly denied: RefusalCode
  /** @throws Refusal `input-invalid`, and waits on, if that is no answer to this question */
  readonly accept: (answer: PromptAnswer) => void
  readonly refuse: (code: RefusalCode) => void
  readonly shown: () => void
  /** Stops looking whether it is withdrawn. */
  readonly stopWatching: () => void
}

interface Asker extends Pick<QueuedPrompt, 'requester' | 'backoffKey' | 'subject' | 'sameRequest'> {
  readonly withdrawn: AbortSignal | undefined
  readonly shown?: (() => void) | undefined
}

/** What a person is asked, one thing at a time and in order. Nothing here shows it: whoever watches does. */
export class Prompts implements Approver {
  readonly #clock: Clock
  readonly #minutes: () => number
  readonly #backoff = new PromptBackoff()
  #queue: readonly QueuedPrompt[] = []
  #changed: () => void = () => {}

  /** @param minutes how long an answer for a while holds */
  constructor(clock: Clock, minutes: () => number) {
    this.#clock = clock
    this.#minutes = minutes
  }

  /** Calls `changed` when another prompt is the current one, when none is, and when another number waits behind it. */
  watch(changed: () => void): void {
    this.#changed = changed
  }

  /** @throws Refusal `request-invalid` besides those of the port: there is more to it than a person could read */
  ask(request: ApprovalRequest): Promise<Approval> {
    const { keys, purpose, requester, detail, withdrawn } = request
    const from = requester.kind === 'site' ? requester.browser : requester.program
    // A program behind a shell is told from another one behind the same shell: else one could have the other refused, by asking through it.
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
    // With the code: a no to one of two profiles of a browser, or to one of two tabs, is not a no to the other.
    const subject = JSON.stringify(['pair', browser, code])
    const asker = { requester: browser, backoffKey: JSON.stringify([browser, null]), subject, sameRequest: subject, withdrawn, shown }
    return this.#enqueue({ kind: 'pair', browser, code, otherAttempts }, asker, 'pairing-refused', ({ answer }) => {
      if (answer !== 'same-code') throw new Refusal('input-invalid')
    })
  }

  /** Resolves once the person has said that this may be sent to this server. @throws Refusal `server-unconfirmed`, and as `ask` */
  confirmServer({ server, isNew, sends, key }: ServerRequest): Promise<void> {
    const subject = JSON.stringify(['server', server.url, server.appId, sends, key])
    // One asker for all servers: a page that asks for one after the other must wait as one that asks for the same.
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

  /** The person can see this prompt now. It is told once a time that it comes up. */
  markShown(id: string): void {
    const asked = this.#queue[0]
    if (asked?.id === id) asked.shown()
  }

  /**
   * The person's answer to the current prompt; one to a prompt that is over does nothing.
   * @throws Refusal `input-invalid` if it answers another question; the prompt waits on
   */
  answer(answer: PromptAnswer): void {
    const asked = this.#queue[0]
    if (asked === undefined || asked.id !== answer.id) return
    const now = this.#clock()
    if (now >= asked.expiresAt) return this.#expire(asked) // a timer that comes late, after a sleep
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

  /** Refuses everything that waits, as on a lock. */
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

  /** Nobody answered, or nobody waits for the answer any more. What was not the current prompt has troubled nobody. */
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

/** What the window could not be told whole is not asked: cut off, a path would be another one. */
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
