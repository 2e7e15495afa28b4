import type { Context } from '../context.ts'
import { answer } from '../http/answer.ts'
import { readJson } from '../http/body.ts'
import { servicePath, type Routes } from '../http/paths.ts'
import { Refusal } from '../refusal.ts'
import { requireManagingService } from '../services/authentication.ts'
import { changesOf, describeKey, detailsBody } from '../services/key-details.ts'
import { changeDetails, fetchKeyOfAnyUser } from '../store/key-details.ts'

const path = `${servicePath}/api_keys/:id{[0-9a-fA-F]{24}}`

/** What a service that may manage keys sees of a key of any user, and what it can set: expiry, scopes and metadata. Never a value. */
export function addManagedKeyRoutes(routes: Routes, context: Context): void {
  const { database, revocations } = context

  routes.get(path, async ({ req, env }) => {
    requireManagingService(context, req.raw, env)
    return answer(200, describeKey(await fetchKeyOfAnyUser(database.store, req.param('id').toLowerCase())))
  })

  routes.patch(path, async ({ req, env }) => {
    requireManagingService(context, req.raw, env)
    const id = req.param('id').toLowerCase()
    const changes = changesOf(await readJson(req.raw, detailsBody))
    if (Object.keys(changes).length === 0) throw new Refusal('parameter-missing')
    const changed = await database.write((write) => changeDetails(write, id, changes))
    // What services keep of this key is not true any more.
    revocations.publish({ key_id: id })
    return answer(200, describeKey(changed))
  })
}
