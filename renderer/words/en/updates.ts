/** Of newer versions: in the settings, and as a notice. */
export const updates = {
  barred: {
    development: 'This build is made to try out. It looks for no newer version.',
    package: 'This package is updated by what installed it. It looks for no newer version itself.',
    unsigned: 'This build names nobody who signs updates. It looks for none.',
    misnamed: 'This build was made with a place for updates, or a key, that is none. It looks for no newer version.',
  },
  version: (version: string) => `This is version ${version}.`,
  none: 'There is no newer one.',
  lastAsked: (when: string) => `Last asked ${when}.`,
  notYet: 'Not asked yet.',
  checking: 'Asking whether there is a newer one…',
  found: (version: string) => `Version ${version} is there.`,
  downloading: (version: string, percent: number) => `Fetching version ${version}: ${percent} %`,
  ready: (version: string) => `Version ${version} is here and checked. It is used from the next start on.`,
  check: 'Check now',
  get: 'Get it',
  restart: 'Restart now',
  noticeFound: (version: string) => `Latchkey ${version} is there. This is an older version.`,
  noticeReady: (version: string) => `Latchkey ${version} is used from the next start on.`,
}
