/**
 * Variables by which a program that can set our environment could read TLS connections: the first has Chromium write its TLS session keys
 * to a file, the second has Node accept any certificate, the third adds a certificate authority.
 */
const dangerousVariables = ['SSLKEYLOGFILE', 'NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_EXTRA_CA_CERTS']

/** To be called before the app is ready, because Chromium's network process inherits the environment. On Windows names have no case. */
export function removeDangerousVariables(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) {
    if (dangerousVariables.includes(name.toUpperCase())) Reflect.deleteProperty(environment, name)
  }
}
