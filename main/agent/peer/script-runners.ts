/** Programs that only start other programs. The program above them says more about who asks. */
const runners: ReadonlySet<string> = new Set([
  ...['sh', 'bash', 'dash', 'ash', 'zsh', 'fish', 'ksh', 'mksh', 'csh', 'tcsh', 'busybox', 'pwsh'],
  ...[
    'env',
    'nice',
    'ionice',
    'chrt',
    'taskset',
    'nohup',
    'setsid',
    'stdbuf',
    'time',
    'timeout',
    'flock',
    'xargs',
    'find',
    'parallel',
    'watch',
  ],
  ...['script', 'expect', 'unshare', 'nsenter', 'chroot', 'sudo', 'doas', 'su', 'runuser', 'setpriv', 'login', 'latchkey'],
])

/** @param program its path, as the system tells it */
export function isScriptRunner(program: string): boolean {
  const file = program.replace(/ \((?:deleted|in a container)\)$/, '')
  return runners.has(file.slice(file.lastIndexOf('/') + 1))
}
