import type { CallName } from '../../preload/contract.ts'
import { Refusal, type RefusalCode } from '../vault/refusal.ts'
import type { Handlers } from './app-services.ts'

/**
 * The calls that are answered while the vault is closed: what the window needs to show that it is closed, to find out why, and to open it.
 * All others are refused before their handler runs, so a call that is added later is refused too unless it is listed here.
 */
export const publicCalls: readonly CallName[] = [
  ...(['app.state', 'app.retry', 'app.lock', 'app.unlock', 'app.setTheme', 'settings.get'] as const),
  'links.consume', // while the vault is closed, it does not answer a link to a key
  ...(['keychain.examine', 'keychain.usePassphrase', 'keychain.nextTry'] as const), // to diagnose a keychain that does not work, and to do without it
]

/** @param closed why the vault is closed; null while it is open */
export function refuseWhileClosed(handlers: Handlers, closed: () => RefusalCode | null): Handlers {
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
