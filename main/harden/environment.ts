/**
 * Variables by which a shell, or a program that writes into its start files, could listen in: Chromium writes the keys of its TLS
 * connections into a file that the first names; Node trusts anybody's certificate, or one more authority, by the others.
 */
const treacherous = ['SSLKEYLOGFILE', 'NODE_TLS_REJECT_UNAUTHORIZED', 'NODE_EXTRA_CA_CERTS']

/** Before anything is ready: the network's process is started with what is there then. Windows takes a name in any case. */
export function dropTreacherous(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) {
    if (treacherous.includes(name.toUpperCase())) Reflect.deleteProperty(environment, name)
  }
}
