/**
 * @typedef {{ name: string, conflicts: string, version: string, architecture: string, installedSize: number, depends: string[] }} Deb
 *   `installedSize` in KiB
 */

const architectures = /** @type {Record<string, string>} */ ({ x64: 'amd64', arm64: 'arm64' })

export const maintainer = 'The Latchkey authors <latchkey@localhost>'

/** @param {string} arch Node's name of it */
export function debArchitecture(arch) {
  return architectures[arch] ?? arch
}

/**
 * The name of a package that is not a release differs, so that package lists do not show it as one, and no update to a release replaces it.
 * @param {string} version the app's: `0.1.0`, or `0.1.0-dev` if it is not a release
 * @returns {{ name: string, conflicts: string, version: string }} `conflicts`: the other name; only one of them can be installed
 */
export function debIdentity(version) {
  const release = version.replace(/-dev$/, '')
  if (release !== version) return { name: 'latchkey-dev', conflicts: 'latchkey', version: debVersion(release) }
  return { name: 'latchkey', conflicts: 'latchkey-dev', version: debVersion(version) }
}

/**
 * In Debian versions a hyphen begins the package revision, and a tilde sorts before the end.
 * @param {string} version `1.0.0-beta.1`
 */
function debVersion(version) {
  return version.replace('-', '~')
}

/**
 * @param {Deb} deb
 * @returns {string} DEBIAN/control
 */
export function controlText({ name, conflicts, version, architecture, installedSize, depends }) {
  const development = name.endsWith('-dev')
  const warning = [
    ' .',
    ' This is a DEVELOPMENT BUILD: its Electron may get no security fixes, and it is',
    ' not signed with the release key. Do not give it to others.',
  ]
  return [
    `Package: ${name}`,
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    `Maintainer: ${maintainer}`,
    `Installed-Size: ${installedSize}`,
    `Depends: ${depends.join(', ')}`,
    'Recommends: gnome-keyring | kwalletmanager | keepassxc, default-dbus-session-bus | dbus-session-bus',
    `Provides: ${conflicts}`,
    `Conflicts: ${conflicts}`,
    `Replaces: ${conflicts}`,
    'Section: utils',
    'Priority: optional',
    `Description: vault for a developer's API keys${development ? ' (development build)' : ''}`,
    ' Latchkey creates user API keys, stores each new value in the keychain, and',
    ' gives it to a site, another window or a program only after you have said yes.',
    ' It works without a network.',
    ...(development ? warning : []),
    '',
  ].join('\n')
}
