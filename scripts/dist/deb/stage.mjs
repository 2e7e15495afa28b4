import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { maintainer } from './control.mjs'

/** Where the app is installed by the package. */
export const appFolder = '/usr/lib/latchkey'

const thirdParty = `Latchkey contains third-party code, under the licences in THIRD-PARTY.txt, LICENSE.electron.txt, LICENSES.chromium.html and
LICENSE.bun.txt, all in ${appFolder}.`

/**
 * @typedef {object} Contents
 * @property {string} app the unpacked app
 * @property {string} root the checkout
 * @property {string} name the package's
 * @property {string} version the app's
 * @property {string} debVersion the package's
 * @property {Date} date of the last change of the packed sources
 * @property {string} help what the command says for `--help`
 */

/**
 * Lays out a package's files as they will be installed, with the scripts that dpkg runs.
 * @param {string} stage the folder, which is created anew
 * @param {Contents} contents
 */
export function layOut(stage, { app, root, name, version, debVersion, date, help }) {
  rmSync(stage, { recursive: true, force: true })
  const packaging = join(root, 'packaging')
  const linux = join(packaging, 'linux')
  const words = { NAME: name, VERSION: version, DATE: date.toISOString().slice(0, 10) }
  const put = (/** @type {string} */ path, /** @type {string | Buffer} */ content) => write(join(stage, path), content)
  const template = (/** @type {string} */ file, more = {}) =>
    fillPlaceholders(readFileSync(join(linux, file), 'utf8'), { ...words, ...more })
  const doc = `usr/share/doc/${name}`

  cpSync(app, join(stage, appFolder), { recursive: true })
  link(stage, 'usr/bin/latchkey-desktop', `../lib/latchkey/latchkey-desktop`)
  link(stage, 'usr/bin/latchkey', `../lib/latchkey/resources/latchkey`)
  const title = version.endsWith('-dev') ? 'Latchkey (development build)' : 'Latchkey'
  put('usr/share/applications/latchkey-desktop.desktop', template('latchkey-desktop.desktop', { NAME: title }))
  put('usr/share/metainfo/dev.latchkey.desktop.metainfo.xml', template('dev.latchkey.desktop.metainfo.xml'))
  put('usr/share/latchkey/apparmor-profile', template('apparmor-profile'))
  put(`usr/share/lintian/overrides/${name}`, template('lintian-overrides'))
  for (const [size, picture] of icons(packaging)) put(`usr/share/icons/hicolor/${size}x${size}/apps/latchkey.png`, picture)
  put('usr/share/icons/hicolor/scalable/apps/latchkey.svg', readFileSync(join(packaging, 'drawing', 'icon.svg')))
  const completions = join(root, 'clients', 'completions')
  put('usr/share/bash-completion/completions/latchkey', readFileSync(join(completions, 'latchkey.bash')))
  put('usr/share/zsh/vendor-completions/_latchkey', readFileSync(join(completions, '_latchkey')))
  put('usr/share/fish/vendor_completions.d/latchkey.fish', readFileSync(join(completions, 'latchkey.fish')))
  put('usr/share/man/man1/latchkey.1.gz', zipped(manual(help, version)))
  put('usr/share/man/man1/latchkey-desktop.1.gz', zipped(template('latchkey-desktop.1')))
  put(`${doc}/copyright`, `${readFileSync(join(root, 'LICENSE'), 'utf8')}\n${thirdParty}\n`)
  put(`${doc}/CHANGELOG.md.gz`, zipped(readFileSync(join(root, 'CHANGELOG.md'), 'utf8')))
  put(`${doc}/changelog.gz`, zipped(debianChangelog(name, debVersion, date)))
  setModes(stage)
  for (const script of ['postinst', 'prerm', 'postrm']) {
    put(`DEBIAN/${script}`, template(script))
    chmodSync(join(stage, 'DEBIAN', script), 0o755)
  }
}

/**
 * Adds the files that dpkg reads about the package.
 * @param {string} stage where everything else is laid out
 * @param {Record<string, string>} texts by file
 */
export function addControl(stage, texts) {
  const folder = join(stage, 'DEBIAN')
  for (const [name, text] of Object.entries(texts)) {
    write(join(folder, name), text)
    chmodSync(join(folder, name), 0o644)
  }
  chmodSync(folder, 0o755) // dpkg-deb refuses folders that others cannot read, which some umasks create
}

/**
 * @param {string} text
 * @param {Record<string, string>} words
 * @returns {string} with each `@WORD@` replaced
 */
export function fillPlaceholders(text, words) {
  return text.replace(/@([A-Z]+)@/g, (whole, word) => words[word] ?? whole)
}

/**
 * @param {string} name
 * @param {string} version
 * @param {Date} date
 */
function debianChangelog(name, version, date) {
  const stamp = date.toUTCString().replace('GMT', '+0000')
  return `${name} (${version}) unstable; urgency=medium\n\n  * See CHANGELOG.md.gz, beside this file.\n\n -- ${maintainer}  ${stamp}\n`
}

/**
 * The command's manual page, generated from its help.
 * @param {string} help
 * @param {string} version
 * @returns {string} for man
 */
export function manual(help, version) {
  const body = help
    .trimEnd()
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&')
  return [
    `.TH LATCHKEY 1 "" "Latchkey ${version}" "User Commands"`,
    '.SH NAME',
    'latchkey \\- gives keys of the Latchkey vault to programs',
    '.SH DESCRIPTION',
    '.nf',
    body,
    '.fi',
    '.SH SEE ALSO',
    '.BR latchkey-desktop (1)',
    '',
  ].join('\n')
}

/** @param {string} packaging */
function icons(packaging) {
  const folder = join(packaging, 'icons')
  return readdirSync(folder).flatMap((file) => {
    const size = Number(/^(\d+)x\1\.png$/.exec(file)?.[1] ?? 0)
    return size > 0 && size <= 512 ? [/** @type {const} */ ([size, readFileSync(join(folder, file))])] : []
  })
}

/** @param {string} text */
function zipped(text) {
  return gzipSync(text, { level: 9 }) // no name and no time in it: the same text gives the same bytes
}

/**
 * @param {string} path
 * @param {string | Buffer} content
 */
function write(path, content) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/**
 * @param {string} stage
 * @param {string} path
 * @param {string} target
 */
function link(stage, path, target) {
  mkdirSync(dirname(join(stage, path)), { recursive: true })
  symlinkSync(target, join(stage, path))
}

/**
 * Sets modes that do not depend on the umask: readable for all, writable for root, and only programs are executable.
 * @param {string} folder
 */
function setModes(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) setModes(path)
    else if (!entry.isSymbolicLink()) chmodSync(path, isProgram(path, entry.name) ? 0o755 : 0o644)
  }
}

/**
 * @param {string} path
 * @param {string} name
 */
function isProgram(path, name) {
  if (!existsSync(path) || /\.(so(\.\d+)*|node|bin|pak|dat)$/.test(name)) return false
  return readFileSync(path).subarray(0, 4).toString('latin1') === '\x7fELF'
}
