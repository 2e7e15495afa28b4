import type { Background } from './background.ts'
import type { CustomTokenVerifier } from './auth/custom-token.ts'
import type { Instance } from './auth/instance.ts'
import type { PasswordQueue } from './auth/password-queue.ts'
import type { Throttle } from './auth/throttle.ts'
import type { Mailbox } from './mail/mailbox.ts'
import type { LastUse } from './services/last-use.ts'
import type { Revocations } from './services/revocations.ts'
import type { ServiceList } from './services/service-list.ts'
import type { OpenStore } from './store/database.ts'

/** What every route may use. Created once by `backend.ts`. */
export interface Context {
  readonly appId: string
  /** Public base URL without a trailing slash. Null: each request's own. */
  readonly origin: string | null
  readonly clock: () => Date
  readonly log: (line: string) => void
  readonly database: OpenStore
  readonly instance: Instance
  readonly throttle: Throttle
  readonly passwords: PasswordQueue
  readonly background: Background
  readonly services: ServiceList
  /** Published to after each commit by which an enabled key stops working. */
  readonly revocations: Revocations
  readonly lastUse: LastUse
  /** What the values of new keys begin with. Null: they have the form of App Services. */
  readonly keyPrefix: string | null
  /** Whether clients without credentials may be users, too. */
  readonly anonymous: boolean
  /** Null: users are confirmed at once, and passwords cannot be reset. */
  readonly mailbox: Mailbox | null
  /** Null: the provider is off. */
  readonly verifyCustomToken: CustomTokenVerifier | null
}
