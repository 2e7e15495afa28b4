/**
 * Replaces Electron's default app in the development runtime: `electron [-r FILE]... FOLDER [ARGUMENT]...`. It only finds the app, sets its
 * name and loads it; everything else is up to the app.
 */
const { existsSync, readFileSync, statSync } = require('node:fs')
const { isAbsolute, join, resolve } = require('node:path')
const electron = require('electron')

/** Electron's types omit these three functions, which exist for its default app. */
const app = /** @type {Electron.App & Record<'setVersion' | 'setAppPath' | 'setDesktopName', (text: string) => void>} */ (electron.app)

const { preloads, path } = parse(process.argv.slice(1))
for (const preload of preloads) require(isAbsolute(preload) ? preload : require.resolve(preload, { paths: [process.cwd()] }))
if (path === undefined) quit('Say which app to run: electron FOLDER')
else load(resolve(path))

/**
 * @param {string[]} args
 * @returns {{ preloads: string[], path: string | undefined }}
 */
function parse(args) {
  const preloads = []
  const rest = [...args]
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '-r' || argument === '--require') preloads.push(rest.shift() ?? '')
    else if (argument === '--') return { preloads, path: rest[0] }
    else if (!argument.startsWith('-')) return { preloads, path: argument }
  }
  return { preloads, path: undefined }
}

/** @param {string} place */
function load(place) {
  if (!existsSync(place)) return quit(`There is no app at ${place}`)
  if (statSync(place).isFile()) {
    app.setAppPath(resolve(place, '..'))
    return require(place)
  }
  const manifest = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'))
  if (manifest.productName ?? manifest.name) app.setName(manifest.productName ?? manifest.name)
  if (manifest.version) app.setVersion(manifest.version)
  if (manifest.desktopName) app.setDesktopName(manifest.desktopName)
  app.setPath('userData', join(app.getPath('appData'), app.getName()))
  app.setAppPath(place)
  require(join(place, manifest.main ?? 'index.js'))
}

/** @param {string} sentence */
function quit(sentence) {
  process.stderr.write(`${sentence}\n`)
  app.exit(1)
}
