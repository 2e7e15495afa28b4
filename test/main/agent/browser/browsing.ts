import { AppConnection } from '../../../../clients/shared/secure-session/app-connection.ts'
import type { PairingKeys } from '../../../../clients/shared/secure-session/handshake.ts'
import { ExtensionEndpoint } from '../../../../main/agent/browser/extension-endpoint.ts'
import type { BrowserPrompts } from '../../../../main/agent/browser/browser-parts.ts'
import type { Session } from '../../../../main/agent/session.ts'
import type { Peer } from '../../../../main/agent/peer/peer.ts'
import type { Account } from '../../../../main/vault/model/account.ts'
import type { KeySummary } from '../../../../main/vault/model/key.ts'
import { codeOf, Refusal, type RefusalCode } from '../../../../main/vault/refusal.ts'
import { addSite } from '../../../../main/vault/release/sites.ts'
import { Gate } from '../../vault/fixtures/gate.ts'
import { type VaultFixture, localVault, newKey } from '../../vault/fixtures/vault.ts'

export const site = 'https://console.example.com'
export const place = { url: `${site}/keys?new`, top: `${site}/keys?new`, ancestors: [] }

/** A person at the app's prompts, who answers as they were told to. */
export class Person implements BrowserPrompts {
  readonly asked: Parameters<BrowserPrompts['choose']>[0][] = []
  /** The codes that the app has shown. */
  readonly codes: string[] = []
  /** And with each how many other pairings it told of. */
  readonly otherAttempts: number[] = []
  /** Of the last pairing. */
  withdrawn: AbortSignal | null = null
  pairing: () => Promise<void> = async () => {}
  /** Until the app's window is up. */
  showing: () => Promise<void> = async () => {}
  choosing: (asked: Parameters<BrowserPrompts['choose']>[0]) => ReturnType<BrowserPrompts['choose']> = refuse('approval-denied')

  async pair({ code, otherAttempts, withdrawn, shown }: Parameters<BrowserPrompts['pair']>[0]): Promise<void> {
    await this.showing()
    this.codes.push(code)
    this.otherAttempts.push(otherAttempts)
    this.withdrawn = withdrawn
    shown()
    return this.pairing()
  }

  choose(asked: Parameters<BrowserPrompts['choose']>[0]): ReturnType<BrowserPrompts['choose']> {
    this.asked.push(asked)
    return this.choosing(asked)
  }
}

export function refuse(code: RefusalCode): () => Promise<never> {
  return () => Promise.reject(new Refusal(code))
}

export function peer(pid = 4242, program = '/usr/lib/chromium/chromium'): Peer {
  return {
    own: { pid: pid + 1, started: '1', program: '/opt/latchkey/latchkey' },
    caller: { pid, started: '1', program },
    ...{ folder: '/', terminal: null, session: '1:1' },
  }
}

/** What passes between, as text, in either direction; a `change` sees each message first, and may keep it back by giving none. */
export interface Wire {
  readonly toApp: unknown[]
  readonly toExtension: unknown[]
  changeToApp: (message: unknown) => readonly unknown[]
  changeToExtension: (message: unknown) => readonly unknown[]
}

export interface Line {
  readonly extension: AppConnection
  readonly wire: Wire
  /** The app's end, to be told messages that no extension of ours would say. */
  readonly session: Omit<Session, 'endsWhenIdle'>
  /** The code with which the app ended the connection; null while it is open. */
  ended(): string | null
  /** Everything that was under way has been said and heard. */
  settled(): Promise<void>
}

/** An app whose vault has a key, the person before it, and as many browsers as connect. */
export class Browsing {
  readonly person = new Person()
  readonly reported: unknown[] = []
  /** Milliseconds of a clock that nobody sets. */
  elapsed = 0
  /** The vault's opening. */
  settled: Promise<void> = Promise.resolve()
  readonly door: ExtensionEndpoint
  readonly fixture: VaultFixture
  readonly account: Account
  readonly key: KeySummary
  readonly value: string

  /** Whether those who connected are no longer who they were. */
  replaced = false

  private constructor(fixture: VaultFixture, account: Account, made: { key: KeySummary; value: string }) {
    this.fixture = fixture
    this.account = account
    this.key = made.key
    this.value = made.value
    const report = (error: unknown): void => void this.reported.push(error)
    this.door = new ExtensionEndpoint({
      ...{ vault: fixture.vault, settled: () => this.settled, prompts: this.person, report },
      elapsed: () => this.elapsed,
    })
  }

  static async begin(): Promise<Browsing> {
    const { fixture, account } = await localVault()
    return new Browsing(fixture, account, await newKey(fixture, account))
  }

  /** As the agent does it: messages are heard without waiting for those before, and the first that is rejected ends the connection. */
  connect(from = peer()): Line {
    const [toApp, toExtension, underWay]: [unknown[], unknown[], Promise<void>[]] = [[], [], []]
    let code: string | null = null
    const wire: Wire = { toApp, toExtension, changeToApp: (message) => [message], changeToExtension: (message) => [message] }
    const extension = new AppConnection({
      post(message) {
        toApp.push(message)
        for (const one of wire.changeToApp(copy(message))) hear(one)
      },
      close: () => end('closed'),
    })
    const session = this.door.open(
      () => this.#sameAs(from),
      (message) => {
        toExtension.push(message)
        if (code !== null) throw new Error('said something after its end')
        for (const one of wire.changeToExtension(copy(message))) underWay.push(extension.hear(one))
      },
    )
    const end = (why: string): void => {
      if (code !== null) return
      code = why
      session.end()
      underWay.push(extension.hear({ code: why }).then(() => extension.end()))
    }
    const hear = (message: unknown): void => {
      if (code === null) underWay.push(session.handle(message).catch((error: unknown) => end(codeOf(error))))
    }
    return {
      ...{ extension, wire, session: { handle: async (message) => hear(message), end: () => end('closed') } },
      ended: () => code,
      async settled() {
        for (let known = -1; known !== underWay.length;) {
          known = underWay.length
          await Promise.allSettled(underWay)
        }
      },
    }
  }

  /** As a guest that is looked at again. */
  #sameAs(from: Peer): Peer {
    if (this.replaced) throw new Refusal('request-invalid')
    return from
  }

  /** A pairing that both sides have kept. */
  async paired(line = this.connect()): Promise<PairingKeys> {
    const comparison = await line.extension.pair()
    comparison.confirm()
    return comparison.done
  }

  /** A pairing that the extension has confirmed, and that the person in the app decides about at the gate. */
  async halfPaired(line = this.connect()): Promise<{ gate: Gate; comparison: Awaited<ReturnType<AppConnection['pair']>> }> {
    const gate = new Gate()
    this.person.pairing = () => gate.pass()
    const comparison = await line.extension.pair()
    comparison.confirm()
    await gate.reached
    return { gate, comparison }
  }

  /** A connection whose session is open. */
  async session(keys: PairingKeys, from = peer()): Promise<Line> {
    const line = this.connect(from)
    await line.extension.open(keys)
    await line.settled()
    return line
  }

  /** Asks for the first key that is offered. */
  async fill({ extension }: Line): Promise<{ value: string }> {
    const { keys } = await extension.call('offers', { place })
    return extension.call('fill', { place, ref: keys[0]?.ref ?? '' })
  }

  /** Asks for the first key that is offered, whose prompt the person approves at the gate. */
  async askedToFill(line: Line): Promise<{ gate: Gate; filling: Promise<{ value: string }> }> {
    const gate = new Gate()
    this.fixture.approver.answer = () => gate.pass().then(() => 'once')
    const filling = this.fill(line)
    await gate.reached
    return { gate, filling }
  }

  /** The key may be filled in at `site`, and the person lets it be. */
  allowSite(): void {
    addSite(this.fixture.opened, this.account.id, this.key.id, site, false)
    this.fixture.approver.answer = 'once'
  }
}

function copy(message: unknown): unknown {
  return JSON.parse(JSON.stringify(message)) as unknown
}
