/** A good key, as the server describes it. */
export interface VerifiedKey {
  readonly userId: string
  readonly keyId: string
  readonly name: string
  /** RFC 3339, UTC. Null: the key does not expire. */
  readonly expiresAt: string | null
  readonly scopes: readonly string[]
  readonly metadata: Readonly<Record<string, string>>
}

/** A question to the server that is not answered yet. */
export interface Question {
  /** What was revoked since it was asked: ids of keys and of users. */
  readonly revoked: Set<string>
  /** Whether anything may have been revoked since it was asked. */
  reset: boolean
}

interface Answer {
  /** Null: the key is no good. */
  readonly key: VerifiedKey | null
  /** The time of the question, which is before the server looked. */
  readonly askedAt: number
  readonly keepMs: number
}

const maxGoodMs = 30_000
/** While nobody tells what was revoked. */
const maxUnwatchedMs = 5_000
const maxBad = 1_000

/**
 * Answers of the server, by a hash of the key. Times are milliseconds of a clock that never goes back. Bounded: the oldest answer goes first.
 * Bad keys have room of their own, so that guesses displace no good one.
 */
export class KeyCache {
  readonly #good = new Map<string, Answer>()
  readonly #bad = new Map<string, Answer>()
  readonly #questions = new Set<Question>()

  constructor(readonly maxGood: number) {}

  /**
   * @param watched whether revocations are heard; otherwise an answer is good for five seconds
   * @returns undefined if the server has to be asked
   */
  find(hash: string, now: number, watched: boolean): VerifiedKey | null | undefined {
    const answer = this.#good.get(hash) ?? this.#bad.get(hash)
    if (answer === undefined) return undefined
    if (now - answer.askedAt < Math.min(answer.keepMs, watched ? maxGoodMs : maxUnwatchedMs)) return answer.key
    this.#drop(hash)
    return undefined
  }

  /** Call it before the server is asked, and `end` in any case. */
  begin(): Question {
    const question = { revoked: new Set<string>(), reset: false }
    this.#questions.add(question)
    return question
  }

  end(question: Question): void {
    this.#questions.delete(question)
  }

  /**
   * Keeps the answer to a question, unless its key was revoked meanwhile: the server may have looked before that, and the news have overtaken
   * the answer.
   * @returns whether the answer counts; otherwise the server has to be asked again
   */
  keep(question: Question, hash: string, answer: Answer): boolean {
    const { key } = answer
    if (key !== null && (question.reset || question.revoked.has(key.keyId) || question.revoked.has(key.userId))) return false
    this.#drop(hash)
    const [answers, most] = key === null ? [this.#bad, maxBad] : [this.#good, this.maxGood]
    answers.set(hash, answer)
    for (const oldest of answers.keys()) {
      if (answers.size <= most) break
      answers.delete(oldest)
    }
    return true
  }

  /** Forgets a key, or all keys of a user. */
  forget(id: string): void {
    for (const question of this.#questions) question.revoked.add(id)
    for (const [hash, { key }] of this.#good) if (key?.keyId === id || key?.userId === id) this.#good.delete(hash)
  }

  forgetAll(): void {
    for (const question of this.#questions) question.reset = true
    this.#good.clear()
    this.#bad.clear()
  }

  #drop(hash: string): void {
    this.#good.delete(hash)
    this.#bad.delete(hash)
  }
}
