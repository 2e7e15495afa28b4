/**
 * The unmodified SDK with its own transport, in the main process of the same Electron: what a program would do without Latchkey, with no
 * vault, no keychain and no window. Prints one line of JSON: the milliseconds of every call.
 */
const { setTimeout: wait } = require('node:timers/promises')
const { app } = require('electron')
const Realm = require('realm')

const { BENCH_URL, BENCH_APP_ID, BENCH_FOLDER, BENCH_ROUNDS } = process.env
const [email, password] = ['raw@bench.invalid', 'bench-password']

async function run() {
  process.chdir(BENCH_FOLDER)
  const sdk = new Realm.App({ id: BENCH_APP_ID, baseUrl: BENCH_URL })
  await sdk.emailPasswordAuth.registerUser({ email, password })
  const user = await sdk.logIn(Realm.Credentials.emailPassword(email, password))
  const times = { create: [], list: [], disable: [] }
  for (let round = 0; round < Number(BENCH_ROUNDS); round += 1) {
    await wait(50)
    let begun = performance.now()
    const key = await user.apiKeys.create(`key-${round}`)
    times.create.push(performance.now() - begun)
    await wait(50)
    begun = performance.now()
    await user.apiKeys.fetchAll()
    times.list.push(performance.now() - begun)
    await wait(50)
    begun = performance.now()
    await user.apiKeys.disable(key.id)
    times.disable.push(performance.now() - begun)
    await user.apiKeys.delete(key.id)
  }
  process.stdout.write(`${JSON.stringify(times)}\n`)
  app.exit(0)
}

app.setPath('userData', BENCH_FOLDER)
app.whenReady().then(run)
