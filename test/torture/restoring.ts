import { differing } from './ledger/invariant.ts'
import type { Ears, Living } from './child/life.ts'
import type { MadeBackup, State, Task } from './child/orders.ts'
import type { RunPlan } from './plan.ts'
import type { World } from './world/world.ts'

const changes = ['server create', 'server enable', 'server disable', 'server delete']

/**
 * Restores a backup of the vault on another computer. Nobody requests a change from that vault, so it must not send any: changes that were
 * pending in the backup are reported and not applied. The first process may be killed; the restore is then repeated if necessary.
 * @returns the violations, one sentence each
 */
export async function restoreElsewhere(world: World, { pick, kill }: NonNullable<RunPlan['restore']>): Promise<string[]> {
  const backup = world.backups[Math.floor(pick * world.backups.length)]
  if (backup === undefined) return []
  world.count('restored')
  const found: string[] = []
  const deaf = (): void => undefined
  const ears: Ears = {
    step: ({ step, when }) =>
      void (when === 'before' && changes.includes(step) && found.push(`a restored vault was asked for nothing: ${step}`)),
    made: deaf,
    begun: deaf,
    done: deaf,
    fault: (what) => found.push(`the restored vault threw what is no refusal: ${what}`),
  }
  if (kill !== null) {
    const first = await world.liveElsewhere(kill, ears)
    first.onInside = () => first.kill()
    await bringUp(world, first, backup.path, deaf)
    await ended(first)
  }
  const child = await world.liveElsewhere(null, ears)
  const refused = (task: Task, code: string): void => void found.push(`while a backup is restored, ${task.do} was refused: ${code}`)
  await bringUp(world, child, backup.path, refused)
  const answer = await child.ask({ do: 'state' })
  await ended(child)
  world.clearElsewhere()
  if (answer?.ok !== true) return [...found, 'the restored vault does not say how it is']
  return [...found, ...wrongly(answer.value as State, backup, world), ...(await differingFrom(world, answer.value as State))]
}

async function bringUp(world: World, child: Living, path: string, refused: (task: Task, code: string) => void): Promise<void> {
  const ask = async (task: Task): Promise<unknown> => {
    const answer = await child.ask(task)
    if (answer?.ok === false) refused(task, answer.code)
    return answer?.ok === true ? answer.value : null
  }
  await ask({ do: 'open' })
  const state = (await ask({ do: 'state' })) as State | null
  if (state !== null && (state.list?.accountId ?? null) === null) await ask({ do: 'restore', path })
  if (world.served !== null) await ask(world.served.signIn)
  await ask({ do: 'resume' })
  await ask({ do: 'clock', ahead: 61_000 }) // the list settles a creation that was sent a minute ago
  await ask({ do: 'sync' })
}

async function ended(child: Living): Promise<void> {
  child.kill()
  await child.end()
}

function wrongly({ vault, list, values }: State, { values: made, waiting }: MadeBackup, { ledger }: World): string[] {
  if (vault.status === 'closed' || vault.readOnly !== null || list === null) return ['the restored vault is not open']
  const given = Object.entries(values)
  const others = given.flatMap(([id, value]) => {
    if ('code' in value) return [`of the restored vault the value of ${id} was refused: ${value.code}`]
    const key = ledger.keys.get(id)
    const isOwn = key === undefined ? ledger.stored.isOwn(id, value.digest) : key.digest === value.digest
    return isOwn ? [] : [`in the restored vault ${id} has another value than its own`]
  })
  const untold = (waiting ?? []).filter(
    ({ kind, name, sent }) => !(kind === 'create' && sent) && !list.news.some((one) => one.name === name),
  )
  return [
    ...others,
    ...(given.length === made ? [] : [`the backup has ${made} values, and the vault restored from it ${given.length}`]),
    ...list.waiting.map(({ kind, name }) => `in the restored vault a change waits: ${kind} ${name}`),
    ...untold.map(({ kind, name }) => `nothing says that the restored vault does not ${kind} ${name}`),
    ...(list.trouble === null ? [] : [`the restored vault's trouble is ${list.trouble.code}`]),
  ]
}

/** If its server is in its own process, the server's data also came from the backup. */
async function differingFrom({ served }: World, { list }: State): Promise<string[]> {
  if (served === null || list === null) return []
  return differing(list, await served.elsewhere.keys()).map((difference) => `in the restored vault: ${difference}`)
}
