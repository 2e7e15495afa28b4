import * as v from 'valibot'
import type { CommandAnswer, CommandInput, CommandName, CommandOutput } from '../../../clients/shared/protocol/command.ts'
import { FrameFault } from '../../../clients/shared/protocol/frames.ts'
import type { AskingRequester } from '../../vault/model/requester.ts'
import { codeOf, Refusal, type RefusalCode } from '../../vault/refusal.ts'
import { commandHello, commandRequest, commandSchemas } from './command-schemas.ts'
import type { Session } from '../session.ts'

/** One handler for each call: if one is missing, it does not compile. */
export type CommandHandlers = {
  readonly [N in CommandName]: (
    input: CommandInput<N>,
    requester: AskingRequester,
    withdrawn: AbortSignal,
  ) => CommandOutput<N> | Promise<CommandOutput<N>>
}

/** The session of a `latchkey` command. */
export class CommandSession implements Session {
  readonly endsWhenIdle = true
  readonly #handlers: CommandHandlers
  readonly #requester: () => AskingRequester
  readonly #send: (answer: CommandAnswer) => void
  /** The number of the last message; null before the first. */
  #lastId: number | null = null
  readonly #ended = new AbortController()

  /** @param requester identifies who asks; throws a Refusal if the process is no longer the one that connected */
  constructor(handlers: CommandHandlers, requester: () => AskingRequester, send: (answer: CommandAnswer) => void) {
    this.#handlers = handlers
    this.#requester = requester
    this.#send = send
  }

  /** @throws Refusal `request-invalid` for a message that is no request, or has not the next id: an answer could not be matched to it */
  async handle(message: unknown): Promise<void> {
    if (this.#lastId === null) {
      if (!v.is(commandHello, message)) throw new Refusal('request-invalid')
      this.#lastId = 0
      return
    }
    const request = v.safeParse(commandRequest, message)
    if (!request.success || request.output.id !== this.#lastId + 1) throw new Refusal('request-invalid')
    const { id, call, input } = request.output
    this.#lastId = id
    await this.#answer(id, call, input)
  }

  end(): void {
    this.#ended.abort()
  }

  async #answer(id: number, call: string, input: unknown): Promise<void> {
    try {
      this.#send({ id, ok: true, value: await this.#call(call, input) })
    } catch (error) {
      const code: RefusalCode = error instanceof FrameFault ? 'answer-too-large' : codeOf(error)
      this.#send({ id, ok: false, code })
    }
  }

  /**
   * Input parsed → handler → output parsed. TypeScript allows surplus fields in the result of an async function; the parse refuses them.
   */
  async #call(call: string, input: unknown): Promise<unknown> {
    if (!isCall(call)) throw new Refusal('request-invalid')
    const { input: wanted, output } = commandSchemas[call]
    const parsed = v.safeParse(wanted, input)
    if (!parsed.success) throw new Refusal('request-invalid')
    const handler = this.#handlers[call] as (input: unknown, requester: AskingRequester, withdrawn: AbortSignal) => unknown
    const answer = v.parse(output, await handler(parsed.output, this.#requester(), this.#ended.signal))
    this.#requester() // check again: the approval may have taken a minute, and the process may have changed meanwhile
    return answer
  }
}

function isCall(call: string): call is CommandName {
  return Object.hasOwn(commandSchemas, call)
}
