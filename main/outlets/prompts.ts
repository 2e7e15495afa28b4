import type { Approval } from '../../shared/lists/approvals.ts'
import type { Prompt, PromptAnswer } from '../../preload/prompt-contract.ts'
import type { ApprovalRequest, Approver, ServerRequest, StoreRequest } from '../vault/ports/approver.ts'
import type { AskingRequester } from '../vault/model/requester.ts'
import type { Clock } from '../vault/ports/environment.ts'
import { Refusal } from '../vault/refusal.ts'
import { offeredApprovals } from '../vault/release/grants.ts'
import { maxTextLength, PromptQueue, type Question } from './prompt-queue.ts'

type ChosenKey = Extract<PromptAnswer, { answer: 'choose' }>

export interface SiteChoice {
  readonly origin: string
  readonly requester: AskingRequester
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

/**
 * What a person is asked: whether a value may leave, which key is for a site, whether two codes are equal, whether a server is trusted,
 * whether a value that a program brings is stored.
 */
export class Prompts extends PromptQueue implements Approver {
  readonly #minutes: () => number

  /** @param minutes how long an approval "for a while" lasts */
  constructor(clock: Clock, minutes: () => number) {
    super(clock)
    this.#minutes = minutes
  }

  /** @throws Refusal `request-invalid`, beside those of the port, if there is more text than a person could read */
  ask(request: ApprovalRequest): Promise<Approval> {
    const { keys, purpose, requester, detail, withdrawn } = request
    const answers = offeredApprovals(requester)
    const wanted = keys.map(({ accountId, keyId }) => `${accountId}/${keyId}`).sort()
    const question: Question = {
      ...{ kind: 'release', purpose, requester, answers: [...answers], minutes: this.#minutes() },
      keys: keys.map(({ name, account }) => ({ name, account })),
      detail: detail === null || detail.length <= maxTextLength ? detail : `${detail.slice(0, maxTextLength - 1)}…`,
    }
    const sameRequest = JSON.stringify([{ ...requester, process: null }, purpose, wanted])
    const from = backoffKeyOf(requester)
    const subject = JSON.stringify([from, purpose, wanted])
    const asker = { requester: requesterKey(requester), backoffKey: from, subject, sameRequest, withdrawn }
    return this.enqueue(question, asker, 'approval-denied', ({ answer }) => {
      const given = answers.find((offered) => offered === answer)
      if (given === undefined) throw new Refusal('input-invalid')
      return given
    })
  }

  /** Which key belongs to a site. @throws Refusal as `ask` */
  choose({ origin, requester, domain, keys, withdrawn }: SiteChoice): Promise<{ accountId: string; keyId: string; subdomains: boolean }> {
    const question: Question = { kind: 'choose', origin, requester, domain, keys: [...keys] }
    const from = backoffKeyOf(requester)
    const subject = JSON.stringify(['choose', from, origin])
    const asker = { requester: requesterKey(requester), backoffKey: from, subject, sameRequest: subject, withdrawn }
    return this.enqueue(question, asker, 'approval-denied', (answer) => {
      if (answer.answer !== 'choose' || !isOffered(question, answer)) throw new Refusal('input-invalid')
      return { accountId: answer.accountId, keyId: answer.keyId, subdomains: answer.subdomains }
    })
  }

  /** Resolves once the person has said that both sides show this code. @throws Refusal `pairing-refused`, and as `ask` */
  pair({ browser, code, otherAttempts, withdrawn, shown }: PairingQuestion): Promise<void> {
    // With the code: refusing one of two profiles or tabs of a browser does not refuse the other.
    const subject = JSON.stringify(['pair', browser, code])
    const asker = { requester: browser, backoffKey: JSON.stringify([browser, null]), subject, sameRequest: subject, withdrawn, shown }
    return this.enqueue({ kind: 'pair', browser, code, otherAttempts }, asker, 'pairing-refused', ({ answer }) => {
      if (answer !== 'same-code') throw new Refusal('input-invalid')
    })
  }

  /** Resolves once the person has said that the value may be stored. @throws Refusal `approval-denied`, and as `ask` */
  confirmStore({ name, same, requester, withdrawn }: StoreRequest): Promise<void> {
    const from = requesterKey(requester)
    // One subject for all names: a program that is denied one name cannot ask with the next.
    const subject = JSON.stringify(['store', from])
    const asker = { requester: from, backoffKey: from, subject, sameRequest: JSON.stringify([subject, name]), withdrawn }
    return this.enqueue({ kind: 'store', name, same, requester }, asker, 'approval-denied', ({ answer }) => {
      if (answer !== 'store') throw new Refusal('input-invalid')
    })
  }

  /** Resolves once the person has said that this may be sent to this server. @throws Refusal `server-unconfirmed`, and as `ask` */
  confirmServer({ server, isNew, sends, key }: ServerRequest): Promise<void> {
    const subject = JSON.stringify(['server', server.url, server.appId, sends, key])
    // One backoff for all servers: a page that asks for one server after the other must wait like a page that asks for one.
    const asker = { requester: 'server', backoffKey: JSON.stringify(['server']), subject, sameRequest: subject, withdrawn: undefined }
    const question: Question = { kind: 'server', url: server.url, appId: server.appId, isNew, sends, key }
    return this.enqueue(question, asker, 'server-unconfirmed', ({ answer }) => {
      if (answer !== 'send') throw new Refusal('input-invalid')
    })
  }
}

/** A browser, or a program together with what started it: otherwise one program behind a shell could have another's prompts refused. */
function requesterKey(requester: AskingRequester): string {
  return requester.kind === 'site' ? requester.browser : JSON.stringify([requester.program, requester.process?.startedBy ?? null])
}

/** A site in a browser, or a program. */
function backoffKeyOf(requester: AskingRequester): string {
  return requester.kind === 'site' ? JSON.stringify([requester.browser, requester.origin]) : requesterKey(requester)
}

function isOffered(question: Question, { accountId, keyId, subdomains }: ChosenKey): boolean {
  if (question.kind !== 'choose' || (subdomains && question.domain === null)) return false
  return question.keys.some((key) => key.accountId === accountId && key.id === keyId)
}
