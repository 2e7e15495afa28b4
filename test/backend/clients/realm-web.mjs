// realm-web against a server: node realm-web.mjs URL. Prints its results as one JSON object.
import { writeSync } from 'node:fs'
import { App, Credentials } from 'realm-web'

const [baseUrl] = process.argv.slice(2)
const app = new App({ id: 'app-1', baseUrl })
const email = 'web@example.test'
const password = 'a long password'

async function refusalOf(promise) {
  try {
    await promise
    return 'no refusal'
  } catch (error) {
    return { statusCode: error.statusCode, errorCode: error.errorCode }
  }
}

const seen = {}
const anonymous = await app.logIn(Credentials.anonymous())
seen.anonymousCreates = await refusalOf(anonymous.apiKeys.create('k'))
await app.emailPasswordAuth.registerUser({ email, password })
seen.wrongLink = await refusalOf(anonymous.linkCredentials(Credentials.emailPassword(email, 'wrong one')))
await anonymous.linkCredentials(Credentials.emailPassword(email, password))
const user = await app.logIn(Credentials.emailPassword(email, password))
seen.sameUser = user.id === anonymous.id
seen.identities = user.identities.map(({ providerType }) => providerType)
seen.deviceId = /^[0-9a-f]{24}$/.test(user.deviceId)
const created = await user.apiKeys.create('ci-deploy')
seen.created = { name: created.name, disabled: created.disabled, valueLength: created.key.length }
seen.listed = (await user.apiKeys.fetchAll()).map(({ _id, name, key }) => ({ same: _id === created._id, name, key: key ?? null }))
await user.apiKeys.disable(created._id)
seen.disabled = (await user.apiKeys.fetch(created._id)).disabled
seen.disabledKey = await refusalOf(app.logIn(Credentials.apiKey(created.key)))
await user.apiKeys.enable(created._id)
seen.duplicate = await refusalOf(user.apiKeys.create('ci-deploy'))
await user.refreshCustomData()
user.accessToken = `${user.accessToken.slice(0, -8)}AAAAAAAA`
await user.refreshProfile()
seen.profileAfterSpoiltToken = user.profile.email
const other = new App({ id: 'app-1', baseUrl })
const byKey = await other.logIn(Credentials.apiKey(created.key))
seen.keyUser = byKey.id === user.id
seen.keySessionLists = await refusalOf(byKey.apiKeys.fetchAll())
await user.apiKeys.delete(created._id)
seen.deletedKey = await refusalOf(app.logIn(Credentials.apiKey(created.key)))
const { refreshToken } = user
await user.logOut()
seen.revoked = (
  await fetch(`${baseUrl}/api/client/v2.0/auth/session`, { method: 'POST', headers: { Authorization: `Bearer ${refreshToken}` } })
).status
writeSync(1, JSON.stringify(seen))
process.exit(0)
