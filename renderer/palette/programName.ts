/** What a program is called where there is no room for its path: `vim` of `/usr/bin/vim`. */
export function programName(path: string): string {
  return path.replace(/[/\\]+$/, '').split(/[/\\]/).at(-1) || path
}
