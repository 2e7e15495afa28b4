/** The file in the profile's folder in which the app records how to start it. Written at each start. */
export const launchFile = 'launch.json'

export interface LaunchRecord {
  /** The program's absolute path, then its arguments. */
  readonly command: readonly [string, ...string[]]
}
