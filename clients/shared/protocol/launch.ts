/** The file in a profile's folder by which the app says how it is started. It writes it anew at each start. */
export const launchFile = 'launch.json'

export interface LaunchRecord {
  /** The program's absolute path, then its arguments. */
  readonly command: readonly [string, ...string[]]
}
