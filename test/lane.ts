/**
 * Puts a test file into its worker's lane of the session, before the file loads anything: a screen, a bus, a keyring and a home that
 * no file beside it uses. `scripts/session/lane.mjs` starts the lanes. Outside a session there are none, and nothing is changed.
 */
const lanes = JSON.parse(process.env['LATCHKEY_SESSION_LANES'] ?? '[]') as Record<string, string>[]
const worker = Number(process.env['VITEST_POOL_ID']) - 1 // vitest counts its workers from 1

if (lanes.length > 0) {
  const lane = lanes[worker]
  if (lane === undefined) throw new Error(`There is no lane for test worker ${worker}: the session has ${lanes.length}.`)
  Object.assign(process.env, lane)
}
