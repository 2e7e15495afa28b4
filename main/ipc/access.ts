import type { CallName } from '../../preload/contract.ts'
import { Refusal, type RefusalCode } from '../vault/refusal.ts'
import type { Handlers } from './app-services.ts'

/**
 * The calls that are answered while the vault is closed: what its window needs to say so, to find out why, and to have it opened. All
 * others are refused before their handler runs, those that somebody adds later too.
 */
export const publicCalls: readonly CallName[] = [
  ...(['app.state', 'app.retry', 'app.lock', 'app.unlock', 'app.setTheme', 'settings.get'] as const),
  'links.take', // what a link to a key leads to is told by an open vault alone
  ...(['keychain.examine', 'keychain.usePassphrase', 'keychain.nextTry'] as const), // a keychain that does not work, and a way round it
]

/** @param closed why the vault is closed; null while it is open */
export function guarded(handlers: Handlers, closed: () => RefusalCode | null): Handlers {
  const guard = ([name, handle]: [string, (input: never) => unknown]) => [
    name,
    publicCalls.includes(name as CallName)
      ? handle
      : (input: never) => {
          const code = closed()
          if (code !== null) throw new Refusal(code)
          return handle(input)
        },
  ]
  return Object.fromEntries(Object.entries(handlers).map(guard)) as Handlers
}
