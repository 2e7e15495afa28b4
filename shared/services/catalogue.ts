import { aiModels } from './records/development/ai-models.ts'
import { aiTools } from './records/development/ai-tools.ts'
import { clouds } from './records/development/clouds.ts'
import { codeHosts } from './records/development/code-hosts.ts'
import { commerce } from './records/business/commerce.ts'
import { content } from './records/business/content.ts'
import { databases } from './records/development/databases.ts'
import { delivery } from './records/development/delivery.ts'
import { hosting } from './records/development/hosting.ts'
import { identity } from './records/development/identity.ts'
import { mail } from './records/business/mail.ts'
import { messaging } from './records/business/messaging.ts'
import { monitoring } from './records/development/monitoring.ts'
import { packages } from './records/development/packages.ts'
import { payments } from './records/business/payments.ts'
import { productivity } from './records/business/productivity.ts'
import type { Service } from './service.ts'

const records = [
  ...[...codeHosts, ...packages, ...delivery, ...aiModels, ...aiTools, ...clouds, ...hosting, ...databases],
  ...[...payments, ...commerce, ...mail, ...messaging, ...monitoring, ...productivity, ...content, ...identity],
] as const

export type ServiceId = (typeof records)[number]['id']

/** Every service whose keys Latchkey knows something about. A window loads it with `import()` when it needs it, not at its start. */
export const catalogue: readonly (Service & { readonly id: ServiceId })[] = records
