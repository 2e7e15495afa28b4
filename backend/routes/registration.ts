import * as v from 'valibot'
import { mailPurposes } from '../../shared/lists/accounts.ts'
import { confirm, register, requestMail, resetPassword } from '../auth/registration.ts'
import type { Context } from '../context.ts'
import { answerEmpty } from '../http/answer.ts'
import { readJson, text } from '../http/body.ts'
import { appPath, type Routes } from '../http/paths.ts'
import { Refusal } from '../refusal.ts'

const path = `${appPath}/auth/providers/local-userpass`
/** `keepApiKeys` exists in this server only: SDKs do not send it. */
const resetBody = v.object({ token: text, tokenId: text, password: text, keepApiKeys: v.optional(v.boolean()) })

/** Registration, confirmation and reset of e-mail identities. No route here takes a session's token. */
export function addRegistrationRoutes(routes: Routes, context: Context): void {
  routes.post(`${path}/register`, async ({ req, env }) => {
    await register(context, env, await readJson(req.raw, v.object({ email: text, password: text })))
    return answerEmpty(201)
  })
  routes.post(`${path}/confirm`, async ({ req }) => {
    await confirm(context, await readJson(req.raw, v.object({ token: text, tokenId: text })))
    return answerEmpty()
  })
  routes.post(`${path}/reset`, async ({ req, env }) => {
    const { keepApiKeys = false, ...given } = await readJson(req.raw, resetBody)
    await resetPassword(context, env, { ...given, keepKeys: keepApiKeys })
    return answerEmpty()
  })
  for (const purpose of mailPurposes) {
    routes.post(`${path}/${purpose}/send`, async ({ req }) => {
      const { email } = await readJson(req.raw, v.object({ email: text }))
      requestMail(context, email, purpose)
      return answerEmpty()
    })
    // Functions that operators of the real service define. This server has none.
    routes.post(`${path}/${purpose}/call`, () => {
      throw new Refusal('function-unknown')
    })
  }
}
