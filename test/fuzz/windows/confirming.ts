import type { Prompt } from '../../../preload/prompt-contract.ts'

/** The calls that may show a prompt before anything is sent to a server. */
const confirmed: readonly string[] = ['accounts.signIn', 'accounts.register', 'accounts.sendMail', 'keys.prove']

/**
 * The person at the prompt, who confirms every server. While a message waits for this, all other prompts are denied: programs make requests
 * all the time, and the message has to be answered.
 */
export class Confirming {
  readonly #ask: (name: string, input: unknown) => Promise<unknown>
  #waiting = 0
  #busy = false

  constructor(ask: (name: string, input: unknown) => Promise<unknown>) {
    this.#ask = ask
    setInterval(() => void this.#look(), 200).unref()
  }

  async during<T>(channel: string, answered: Promise<T>): Promise<T> {
    if (!confirmed.includes(channel)) return answered
    this.#waiting += 1
    try {
      return await answered
    } finally {
      this.#waiting -= 1
    }
  }

  async #look(): Promise<void> {
    if (this.#waiting === 0 || this.#busy) return
    this.#busy = true
    const told = (await this.#ask('prompt.current', null)) as { ok: boolean; value?: { prompt: Prompt | null } } | null
    const prompt = told?.value?.prompt ?? null
    if (prompt !== null) await this.#ask('prompt.answer', { id: prompt.id, answer: prompt.kind === 'server' ? 'send' : 'deny' })
    this.#busy = false
  }
}
