import { Failure } from '../../process/failure.mjs'
import { desktopNeeds, typingNeeds } from '../../set-up/system/needs.mjs'

/** The Debian packages of libraries that set-up does not list; newer names first. */
const packagesOf = /** @type {Map<string, readonly string[]>} */ (
  new Map([
    ...desktopNeeds
      .filter(({ kind }) => kind === 'library')
      .map(({ name, packages }) => /** @type {[string, string[]]} */ ([name, packages])),
    .../** @type {[string, string[]][]} */ ([
      ['libgcc_s.so.1', ['libgcc-s1']],
      ['libglib-2.0.so.0', ['libglib2.0-0t64', 'libglib2.0-0']],
      ['libgobject-2.0.so.0', ['libglib2.0-0t64', 'libglib2.0-0']],
      ['libgio-2.0.so.0', ['libglib2.0-0t64', 'libglib2.0-0']],
      ['libnssutil3.so', ['libnss3']],
      ['libsmime3.so', ['libnss3']],
      ['libnspr4.so', ['libnspr4']],
      ['libatk-1.0.so.0', ['libatk1.0-0t64', 'libatk1.0-0']],
      ['libdbus-1.so.3', ['libdbus-1-3']],
      ['libpango-1.0.so.0', ['libpango-1.0-0']],
      ['libcairo.so.2', ['libcairo2']],
      ['libX11.so.6', ['libx11-6']],
      ['libXext.so.6', ['libxext6']],
      ['libXfixes.so.3', ['libxfixes3']],
      ['libexpat.so.1', ['libexpat1']],
      ['libxcb.so.1', ['libxcb1']],
      ['libudev.so.1', ['libudev1']],
      ['libgtk-4.so.1', ['libgtk-4-1']],
    ]),
  ])
)
/** Libraries of the C library, whose version matters. */
const ofLibc = /^(?:lib(?:c|m|dl|pthread|rt)\.so\.\d|ld-linux-.*)$/
/** The GCC release that introduced each symbol version of its library: https://gcc.gnu.org/onlinedocs/libstdc++/manual/abi.html */
const gccSince = /** @type {const} */ ([
  [34, '15'],
  [33, '14'],
  [32, '13.2'],
  [31, '13.1'],
  [30, '12'],
  [29, '11'],
  [28, '9'],
])

/**
 * The packages that the files of a package need, in the form of `Depends:`.
 * @param {import('./elf.mjs').Needs[]} needs of all its programs and libraries
 * @param {string[]} own libraries that are in the package, by soname
 * @returns {string[]}
 */
export function dependsOf(needs, own) {
  const versions = needs.flatMap((one) => one.versions)
  const libraries = new Set(needs.flatMap((one) => one.libraries).filter((name) => !own.includes(name)))
  const found = [...libraries].map((name) => packageOf(name, versions))
  // Libraries loaded at run time, and the programs used for typing.
  const opened = [...desktopNeeds, ...typingNeeds].map(({ packages }) => alternatives(packages))
  return [...new Set([...found, ...opened, 'xdg-utils'])].sort()
}

/**
 * @param {string} library
 * @param {string[]} versions
 */
function packageOf(library, versions) {
  if (ofLibc.test(library)) return `libc6 (>= 2.${highest(versions, /^GLIBC_2\.(\d+)/)})`
  if (library === 'libstdc++.so.6') {
    const wanted = highest(versions, /^GLIBCXX_3\.4\.(\d+)$/)
    const [, release] = gccSince.find(([since]) => since <= wanted) ?? [0, '9']
    return `libstdc++6 (>= ${release})`
  }
  const packages = packagesOf.get(library)
  if (packages === undefined)
    throw new Failure(`No Debian package is known that contains ${library}.`, 'Add it to scripts/dist/deb/depends.mjs.')
  return alternatives(packages)
}

/** @param {readonly string[]} packages */
function alternatives(packages) {
  return packages.join(' | ')
}

/**
 * @param {string[]} versions
 * @param {RegExp} pattern
 */
function highest(versions, pattern) {
  return Math.max(0, ...versions.map((version) => Number(pattern.exec(version)?.[1] ?? 0)))
}
