/**
 * What the operating system has to provide: a program, a shared library, a C header, a font, or a service of the session bus, with the
 * Debian packages that contain it. The first of `packages` that the release has is used, since names changed with the 64-bit time
 * transition (`t64`).
 * @typedef {{ kind: 'program' | 'library' | 'header' | 'font' | 'service', name: string, packages: string[] }} Need
 */

/**
 * @param {Need['kind']} kind
 * @param {string} name
 * @param {...string} packages
 * @returns {Need}
 */
function need(kind, name, ...packages) {
  return { kind, name, packages }
}

/** To compile Realm. Its build requires the gold linker, which newer Debian releases package separately from binutils. */
export const compilerNeeds = [
  need('program', 'cmake', 'cmake'),
  need('program', 'ninja', 'ninja-build'),
  need('program', 'g++', 'g++'),
  need('program', 'ld.gold', 'binutils-gold', 'binutils'),
  need('header', 'openssl/ssl.h', 'libssl-dev'),
]

/** To start the app: what Electron links or opens at run time, and the keychain's client library. */
export const desktopNeeds = [
  need('library', 'libsecret-1.so.0', 'libsecret-1-0'),
  need('library', 'libgtk-3.so.0', 'libgtk-3-0t64', 'libgtk-3-0'),
  need('library', 'libnss3.so', 'libnss3'),
  need('library', 'libgbm.so.1', 'libgbm1'),
  need('library', 'libasound.so.2', 'libasound2t64', 'libasound2'),
  need('library', 'libXss.so.1', 'libxss1'),
  need('library', 'libXtst.so.6', 'libxtst6'),
  need('library', 'libatspi.so.0', 'libatspi2.0-0t64', 'libatspi2.0-0'),
  need('library', 'libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'),
  need('library', 'libcups.so.2', 'libcups2t64', 'libcups2'),
  need('library', 'libdrm.so.2', 'libdrm2'),
  need('library', 'libxkbcommon.so.0', 'libxkbcommon0'),
  need('library', 'libXcomposite.so.1', 'libxcomposite1'),
  need('library', 'libXdamage.so.1', 'libxdamage1'),
  need('library', 'libXrandr.so.2', 'libxrandr2'),
]

/** To type into other windows of an X screen, and to find the focused one. */
export const typingNeeds = [need('program', 'xdotool', 'xdotool'), need('program', 'xprop', 'x11-utils')]

/** To unpack the development runtime. */
export const archiveNeeds = [need('program', 'tar', 'tar'), need('program', 'gzip', 'gzip')]

/** A separate bus and keyring. */
export const busNeeds = [
  need('program', 'unshare', 'util-linux'),
  need('program', 'dbus-daemon', 'dbus-daemon', 'dbus'),
  need('program', 'dbus-run-session', 'dbus-daemon', 'dbus'),
  need('program', 'dbus-send', 'dbus-bin', 'dbus'),
  need('program', 'gnome-keyring-daemon', 'gnome-keyring'),
]

/** A separate screen with a window manager, keyboard layouts, a clipboard and fonts. */
export const screenNeeds = [
  need('program', 'Xvfb', 'xvfb'),
  need('program', 'openbox', 'openbox'),
  need('program', 'xterm', 'xterm'),
  need('program', 'setxkbmap', 'x11-xkb-utils'),
  need('program', 'xclip', 'xclip'),
  need('program', 'scrot', 'scrot'),
  need('program', 'fc-list', 'fontconfig'),
  need('font', 'Inter', 'fonts-inter'),
  need('font', 'DejaVu Sans Mono', 'fonts-dejavu-core'),
]

/** The proxy of the team server's documentation. Debian's package starts a web server, so it is installed where tests run unattended only. */
export const proxyNeeds = [need('program', 'nginx', 'nginx-light', 'nginx')]

/** The browsers that the extension is for. */
export const browserNeeds = [need('program', 'chromium', 'chromium'), need('program', 'firefox-esr', 'firefox-esr')]

/** The prompt with which a keyring asks for its password, if no desktop provides one. */
export const promptNeeds = [need('service', 'org.gnome.keyring.SystemPrompter', 'gcr', 'gcr4')]
