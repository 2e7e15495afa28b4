/** Updates: in the settings, and as a notice. */
export const updates = {
  unavailable: {
    development: 'This build is for development. It does not look for newer versions.',
    package: 'This package is updated by what installed it. It does not look for newer versions itself.',
    unsigned: 'This build has no key to check updates by. It does not look for newer versions.',
    misnamed: 'This build has an update address or a key that is not valid. It does not look for newer versions.',
  },
  version: (version: string) => `This is version ${version}.`,
  none: 'It is the newest.',
  lastAsked: (when: string) => `Last checked ${when}.`,
  notYet: 'Not checked yet.',
  checking: 'Looking for a newer version…',
  found: (version: string) => `Version ${version} is available.`,
  downloading: (version: string, percent: number) => `Downloading version ${version}: ${percent} %`,
  ready: (version: string) => `Version ${version} is downloaded and checked. It takes over at the next start.`,
  check: 'Check now',
  get: 'Download',
  restart: 'Restart now',
  noticeFound: (version: string) => `Latchkey ${version} is available.`,
  noticeReady: (version: string) => `Latchkey ${version} takes over at the next start.`,
}
