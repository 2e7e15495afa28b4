import * as v from 'valibot'
import type { CommandAnswer, CommandInput, CommandName, CommandOutput } from '../../../clients/shared/protocol/command.ts'
import { FrameFault } from '../../../clients/shared/protocol/frames.ts'
import type { AskingRequester } from '../../vault/model/requester.ts'
import { codeOf, Refusal, type RefusalCode } from '../../vault/refusal.ts'
import { commandHello, commandRequest, commandSchemas } from './command-schemas.ts'
import type { Session } from '../session.ts'

/** One handler a call: a missing one does not compile. */
export type CommandHandlers = {
  readonly [N in CommandName]: (
    input: CommandInput<N>,
    requester: AskingRequester,
    withdrawn: AbortSignal,
  ) => CommandOutput<N> | Promise<CommandOutput<N>>
}

/** What a `latchkey` command asks in one connection. */
export class CommandSession implements Session {
  readonly endsWhenIdle = true
  readonly #handlers: CommandHandlers
  readonly #requester: () => AskingRequester
  readonly #send: (answer: CommandAnswer) => void
  /** The number of the last message; null before the first. */
  #lastId: number | null = null
  readonly #ended = new AbortController()

  /** @param requester who asks; throws a Refusal if that is not who connected any more */
  constructor(handlers: CommandHandlers, requester: () => AskingRequester, send: (answer: CommandAnswer) => void) {
    this.#handlers = handlers
    this.#requester = requester
    this.#send = send
  }

  /** @throws Refusal `request-invalid` if it is no request, or not the next one: no answer could say which it is for */
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

  /** Input parsed → handler → output parsed: an async answer's surplus fields are not kept out by its type. */
  async #call(call: string, input: unknown): Promise<unknown> {
    if (!isCall(call)) throw new Refusal('request-invalid')
    const { input: wanted, output } = commandSchemas[call]
    const parsed = v.safeParse(wanted, input)
    if (!parsed.success) throw new Refusal('request-invalid')
    const handler = this.#handlers[call] as (input: unknown, requester: AskingRequester, withdrawn: AbortSignal) => unknown
    const answer = v.parse(output, await handler(parsed.output, this.#requester(), this.#ended.signal))
    this.#requester() // a person may have taken a minute to approve, for whoever was there then
    return answer
  }
}

function isCall(call: string): call is CommandName {
  return Object.hasOwn(commandSchemas, call)
}
