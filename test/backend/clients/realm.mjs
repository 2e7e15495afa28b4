// The native SDK against a server: node realm.mjs URL. Prints its results as one JSON object. It runs in a process of its own because the
// SDK keeps its process alive, and stores its files in the working directory.
import { writeSync } from 'node:fs'
import Realm from 'realm'

const [baseUrl] = process.argv.slice(2)
const app = new Realm.App({ id: 'app-1', baseUrl })
const email = 'native@example.test'
const password = 'a long password'

async function refusalOf(promise) {
  try {
    await promise
    return 'no refusal'
  } catch (error) {
    return { code: error.code, message: error.message }
  }
}

const seen = {}
const anonymous = await app.logIn(Realm.Credentials.anonymous())
seen.anonymousCreates = await refusalOf(anonymous.apiKeys.create('k'))
seen.anonymousStays = anonymous.isLoggedIn
await app.emailPasswordAuth.registerUser({ email, password })
seen.registeredTwice = await refusalOf(app.emailPasswordAuth.registerUser({ email, password }))
seen.wrongPassword = await refusalOf(app.logIn(Realm.Credentials.emailPassword(email, 'wrong one')))
await anonymous.linkCredentials(Realm.Credentials.emailPassword(email, password))
seen.linked = anonymous.identities.map(({ providerType }) => providerType)
const user = await app.logIn(Realm.Credentials.emailPassword(email, password))
seen.sameUser = user.id === anonymous.id
seen.profileEmail = user.profile.email
const created = await user.apiKeys.create('ci-deploy')
seen.created = { name: created.name, disabled: created.disabled, valueLength: created.key.length }
seen.listed = (await user.apiKeys.fetchAll()).map(({ id, key, name }) => ({
  same: id.toHexString() === created.id.toHexString(),
  key: key ?? null,
  name,
}))
await user.apiKeys.disable(created.id)
seen.disabled = (await user.apiKeys.fetch(created.id)).disabled
const other = new Realm.App({ id: 'app-1', baseUrl })
seen.disabledKey = await refusalOf(other.logIn(Realm.Credentials.userApiKey(created.key)))
await user.apiKeys.enable(created.id)
seen.duplicate = await refusalOf(user.apiKeys.create('ci-deploy'))
seen.badName = await refusalOf(user.apiKeys.create('ci deploy'))
seen.unknownKey = await refusalOf(user.apiKeys.fetch(new Realm.BSON.ObjectId()))
seen.reset = await refusalOf(app.emailPasswordAuth.sendResetPasswordEmail({ email }))
await user.refreshCustomData()
seen.loggedInAfterRefusals = user.isLoggedIn
const byKey = await other.logIn(Realm.Credentials.userApiKey(created.key))
seen.keyUser = byKey.id === user.id
seen.keySessionLists = await refusalOf(byKey.apiKeys.fetchAll())
await byKey.logOut()
await user.apiKeys.delete(created.id)
seen.deletedKey = await refusalOf(other.logIn(Realm.Credentials.userApiKey(created.key)))
const throwaway = await app.logIn(Realm.Credentials.emailPassword(email, password))
await app.deleteUser(throwaway)
seen.deletedUser = await refusalOf(app.logIn(Realm.Credentials.emailPassword(email, password)))
writeSync(1, JSON.stringify(seen))
process.exit(0)
