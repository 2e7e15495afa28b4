import { randomBytes } from 'node:crypto'
import type { Prompt, PromptAnswer } from '../../preload/prompt-contract.ts'
import type { AskingRequester } from '../vault/model/requester.ts'
import type { Clock } from '../vault/ports/environment.ts'
import { Refusal, type RefusalCode } from '../vault/refusal.ts'
import { PromptBackoff } from './prompt-backoff.ts'

/** How long a request waits for its answer, from when it was made, in milliseconds. */
const promptTimeoutMs = 60_000
/** How many prompts may be queued, including the current one: in all, and for one program or browser. */
const maxQueued = 5
const maxQueuedPerRequester = 3
/** The contract's limit for a text. */
export const maxTextLength = 4096

export type Question = Prompt extends infer P ? (P extends Prompt ? Omit<P, 'id' | 'expiresAt' | 'waiting'> : never) : never

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
export class PromptQueue {
  readonly #clock: Clock
  readonly #backoff = new PromptBackoff()
  #queue: readonly QueuedPrompt[] = []
  #changed: () => void = () => {}

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Calls `changed` when the current prompt, or the number of prompts behind it, has changed. */
  watch(changed: () => void): void {
    this.#changed = changed
  }

  current(): Prompt | null {
    const first = this.#queue[0]
    if (first === undefined) return null
    return { ...first.question, id: first.id, expiresAt: first.expiresAt, waiting: this.#queue.length - 1 }
  }

  /** To be called each time that the prompt becomes visible. */
  markShown(id: string): void {
    const current = this.#queue[0]
    if (current?.id === id) current.shown()
  }

  /**
   * Takes the person's answer to the current prompt. An answer to a prompt that has ended does nothing.
   * @throws Refusal `input-invalid` if the answer does not fit the prompt, which stays current
   */
  answer(answer: PromptAnswer): void {
    const current = this.#queue[0]
    if (current === undefined || current.id !== answer.id) return
    const now = this.#clock()
    if (now >= current.expiresAt) return this.#expire(current) // the timer is late, after the computer slept
    if (answer.answer === 'deny') {
      this.#backoff.record(current.backoffKey, 'denied', now)
      return this.#refuse(
        this.#queue.filter(({ subject }) => subject === current.subject),
        current.denied,
      )
    }
    current.accept(answer)
    this.#backoff.reset(current.backoffKey)
    const remembered = answer.answer === 'for-a-while' || answer.answer === 'always'
    const sameRequests = remembered ? this.#queue.filter((queued) => queued !== current && queued.sameRequest === current.sameRequest) : []
    for (const queued of sameRequests) queued.accept({ id: queued.id, answer: 'once' })
    this.#remove([current, ...sameRequests])
  }

  /** Refuses all queued prompts, as on a lock. */
  refuseAll(code: RefusalCode): void {
    this.#refuse(this.#queue, code)
  }

  /**
   * @param read reads the person's answer; it throws `input-invalid` for one that does not fit
   * @throws Refusal `request-invalid` if there is more text than a person could read, `approval-busy`, `approval-expired`, or `denied`
   */
  protected enqueue<T>(
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
      const withdraw = (): void => this.#expire(prompt)
      withdrawn?.addEventListener('abort', withdraw)
      const prompt: QueuedPrompt = {
        ...from,
        ...{ id: randomBytes(8).toString('hex'), question, denied, expiresAt: now + promptTimeoutMs },
        timer: setTimeout(() => this.#expire(prompt), promptTimeoutMs),
        accept: (answer) => resolve(read(answer)),
        refuse: (code) => reject(new Refusal(code)),
        shown,
        stopWatching: () => withdrawn?.removeEventListener('abort', withdraw),
      }
      this.#queue = [...this.#queue, prompt]
      this.#changed()
    })
  }

  /**
   * Ends a prompt that expired or was withdrawn. Only the current one counts for the backoff, because the person has not seen the others.
   */
  #expire(prompt: QueuedPrompt): void {
    if (prompt === this.#queue[0]) this.#backoff.record(prompt.backoffKey, 'unanswered', this.#clock())
    this.#refuse([prompt], 'approval-expired')
  }

  #refuse(prompts: readonly QueuedPrompt[], code: RefusalCode): void {
    for (const prompt of prompts) prompt.refuse(code)
    this.#remove(prompts)
  }

  #remove(prompts: readonly QueuedPrompt[]): void {
    if (prompts.length === 0) return
    for (const { timer, stopWatching } of prompts) {
      clearTimeout(timer)
      stopWatching()
    }
    this.#queue = this.#queue.filter((prompt) => !prompts.includes(prompt))
    this.#changed()
  }
}

/** A prompt whose texts exceed the contract's limit is refused, not truncated: a truncated path could name another program. */
function isTooLong(question: Question): boolean {
  if (question.kind === 'store') return hasLongText(question.requester)
  if (question.kind === 'release') return question.keys.length === 0 || hasLongText(question.requester)
  if (question.kind === 'server') return question.url.length > maxTextLength
  if (question.kind === 'choose') return question.origin.length > maxTextLength || hasLongText(question.requester)
  return question.browser.length > maxTextLength
}

function hasLongText(requester: AskingRequester): boolean {
  const startedBy = requester.kind === 'program' ? [requester.process?.startedBy ?? ''] : []
  return [...Object.values(requester), ...startedBy].some((text) => typeof text === 'string' && text.length > maxTextLength)
}
