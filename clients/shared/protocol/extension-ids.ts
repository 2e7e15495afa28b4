/** The identifiers by which browsers recognise the extension, and allow it alone to talk to the native messaging host. */

/** The name of the host, valid under both browsers' rules. */
export const hostName = 'dev.latchkey.host'

export const firefoxId = 'latchkey@latchkey.dev'

/**
 * The `key` of the Chromium manifest: a public key whose private key was never stored. It gives an unpacked extension the same id on every
 * computer. A web store signs with a key of its own.
 */
export const chromiumKey = [
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0SQXqTW0X3AQkuY9xgVsgwfwhiZ1nPxTd+sfg8k+dddH7D0HWk0OP5WE',
  'Hz+u1QvH5CCatyab4deEtkYtUGlVVKdWcMAFK0xGC0vDxOeFEZkPZTGf6fSJ4C2EQbVgHtM9y/Iqzsjh3kABT2awz/JR14rvtzMs',
  'MTIsXrWzuHvJQLkdGmvc3BZ+c9IxaxLUQ0v2o3YjVVHdd5yneywPWXQavsytXGl1il8D41C7aX2tTEsKCAu45AZ2j9qC0ePXshsw',
  '6LHUm7rluotrBXHvgpCYpGeCjPzbAcon2+KMdQPjlN+HC7Rt1Cik7bWTc87FFJ/I+1XIlyUU2EwbsYVVK1h5BQIDAQAB',
].join('')

/** The first half of the key's SHA-256, with each hexadecimal digit as a letter from a to p. */
export const chromiumId = 'incecpdpnnpojbakddgoochbbancgalj'
