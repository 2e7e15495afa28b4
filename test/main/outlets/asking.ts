import { vi } from 'vitest'
import { Prompts } from '../../../main/outlets/prompts.ts'
import type { ApprovalRequest } from '../../../main/vault/ports/approver.ts'
import { Refusal } from '../../../main/vault/refusal.ts'

export const accountId = '0123456789abcdef'
export const shell = { kind: 'program', program: '/usr/bin/zsh', folder: '/home/someone/shop', terminal: 'pts/3', session: '71:8' } as const
export const site = { kind: 'site', origin: 'https://console.example.com', browser: '/usr/bin/chromium', pairing: 'p1' } as const
export const choosable = { accountId, id: keyId('a'), name: 'key-a', account: 'This computer', lastFour: 'wxyz' }

type Change = Partial<ApprovalRequest> & { key?: string }
type AnswerWord = 'deny' | 'once' | 'for-a-while' | 'always' | 'same-code' | 'send' | 'store'

export function keyId(digit: string): string {
  return digit.repeat(24)
}

export function request(change: Change = {}): ApprovalRequest {
  const { key = 'a', ...rest } = change
  const named = { accountId, keyId: keyId(key), name: `key-${key}`, account: 'This computer' }
  return { keys: [named], purpose: 'get', requester: shell, detail: null, ...rest }
}

/** How a promise ended, once it has: its value, or the code it was refused with. */
export function follow<T>(promise: Promise<T>): { ended: () => T | string | undefined } {
  let end: T | string | undefined
  promise.then(
    (value) => (end = value),
    (error: unknown) => (end = error instanceof Refusal ? error.code : String(error)),
  )
  return { ended: () => end }
}

/** Lets what was promised arrive; the clock stands still. */
export async function arrive(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0)
}

/** Prompts under fake timers, with a person to answer them. */
export class Asking {
  readonly prompts = new Prompts(Date.now, () => 15)
  /** How often whoever watches was told. */
  changes = 0

  constructor() {
    this.prompts.watch(() => (this.changes += 1))
  }

  ask(change: Change = {}): { ended: () => unknown } {
    return follow(this.prompts.ask(request(change)))
  }

  /** Asks, and has the answer at once. */
  async askAndAnswer(word: AnswerWord): Promise<void> {
    this.ask()
    await this.answer(word)
  }

  async answer(word: AnswerWord): Promise<void> {
    const current = this.prompts.current()
    if (current === null) throw new Error('nothing is asked')
    this.prompts.answer({ id: current.id, answer: word })
    await arrive()
  }
}
