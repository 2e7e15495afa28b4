/** One life of the vault: `child LIFE` follows the orders on stdin, reports on descriptor 3, and may be killed at any time. */
import { createInterface } from 'node:readline'
import { codeOf, Refusal } from '../../../main/vault/refusal.ts'
import { compose } from './compose.ts'
import type { Chosen, Life, Order } from './orders.ts'
import { Steps, tell } from './steps.ts'
import { doTask, idle } from './tasks.ts'

const life = JSON.parse(process.argv[2] ?? '') as Life
const steps = new Steps(life)
const composed = compose(life, steps)

function fault(error: unknown): void {
  if (error instanceof Refusal) return // the caller has already reported a refusal
  tell({ told: 'fault', what: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}
process.on('uncaughtException', fault)
process.on('unhandledRejection', fault)

async function obey({ n, ...task }: Order): Promise<void> {
  try {
    const begin = (chosen: Chosen): void => tell({ told: 'begun', n, chosen })
    const value = await steps.whole(`task ${task.do}`, () => doTask(composed, task, begin))
    tell(value === idle ? { told: 'done', n, ok: false, code: 'idle' } : { told: 'done', n, ok: true, value: value ?? null })
  } catch (error) {
    fault(error)
    tell({ told: 'done', n, ok: false, code: codeOf(error) })
  }
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => void obey(JSON.parse(line) as Order))
// The SDK's threads would keep the process alive.
lines.on('close', () => process.exit(0))
tell({ told: 'ready' })
