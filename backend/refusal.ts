/**
 * Every refusal of a request, in one list: status, `error_code` and text.
 *
 * Rules of the protocol that this list follows:
 * - 401 on a key route logs the native SDK out for good, so only a dead session may be answered with it; everything else is 400 to 429.
 * - realm-web refreshes and retries on 401 with `InvalidSession` or the text `unauthorized`, in an endless loop if the refresh works. So a
 *   wrong password or key is never answered with either.
 * - The texts never repeat what was sent: a body may contain a value, and texts end up in logs and on screens.
 */
const refusals = {
  'body-invalid': [400, 'BadRequest', 'the body must be a JSON object'],
  'body-too-large': [413, 'ReadSizeLimitExceeded', 'the body is larger than this server reads'],
  'body-too-deep': [400, 'BadRequest', 'the body is nested deeper than this server reads'],
  'body-not-json': [415, 'BadRequest', 'the body must be sent as application/json'],
  'parameter-missing': [400, 'MissingParameter', 'a required parameter is missing'],
  'parameter-invalid': [400, 'InvalidParameter', 'a parameter has the wrong type'],
  'parameter-unknown': [400, 'InvalidParameter', 'a parameter is not one of this request'],
  'email-invalid': [400, 'InvalidParameter', 'the e-mail address is not valid'],
  'password-invalid': [400, 'InvalidParameter', 'password must be between 6 and 128 characters'],
  'not-found': [404, 'NotFound', 'there is nothing at this address'],
  'app-unknown': [404, 'AppNotFound', 'cannot find app'],
  'provider-off': [404, 'AuthProviderNotFound', 'authentication provider not found'],
  'function-unknown': [404, 'FunctionNotFound', 'function not found'],
  // authentication of the request
  'authorization-missing': [401, 'MissingAuthReq', 'must authenticate first'],
  'authorization-malformed': [401, 'MissingAuthReq', 'expected Authorization header with JWT (Bearer schema)'],
  'access-dead': [401, 'InvalidSession', 'invalid session: access token expired or revoked'],
  'refresh-dead': [401, 'InvalidSession', 'invalid session: failed to find refresh token'],
  // login
  'password-wrong': [401, 'InvalidPassword', 'invalid username/password'],
  'email-unconfirmed': [401, 'AuthError', 'confirmation required'],
  'key-wrong': [401, 'AuthError', 'invalid API key'],
  'token-wrong': [401, 'AuthError', 'invalid custom token'],
  'token-unverifiable': [503, 'HTTPError', 'the public keys of the token issuer cannot be fetched right now'],
  throttled: [429, 'TooManyRequests', 'too many failed logins, try again later'],
  'new-users-throttled': [429, 'TooManyRequests', 'too many new users from this address, try again later'],
  busy: [429, 'TooManyRequests', 'too many requests at once, try again later'],
  'event-id-invalid': [400, 'InvalidParameter', 'Last-Event-ID is not an id of this feed'],
  'service-wrong': [401, 'AuthError', 'invalid service credential'],
  'gateway-wrong': [400, 'AuthError', 'the proxy sent no valid X-Service-Credential'],
  'service-limited': [403, 'Forbidden', 'this service credential may check API keys and not manage them'],
  // users
  'email-taken': [409, 'AccountNameInUse', 'name already in use'],
  'already-confirmed': [400, 'UserAlreadyConfirmed', 'already confirmed: this server asks nobody to confirm'],
  'reset-off': [400, 'BadRequest', 'this server sends no mail, so it cannot reset passwords'],
  'mail-token-invalid': [400, 'UserpassTokenInvalid', 'invalid token data'],
  'link-claimed': [409, 'AccountNameInUse', 'a user already exists with the specified provider'],
  'link-second': [409, 'AccountNameInUse', 'linking an identity of this provider is not allowed when one is already linked'],
  'link-unsupported': [400, 'InvalidParameter', 'an identity of this provider cannot be linked'],
  'key-session-limited': [403, 'Forbidden', 'a session opened with an API key may not change its user'],
  // keys
  'keys-anonymous': [403, 'Forbidden', 'anonymous users may not manage API keys'],
  'keys-key-session': [403, 'Forbidden', 'a session opened with an API key may not manage API keys'],
  'name-missing': [400, 'MissingParameter', "'name' is a required string"],
  'name-invalid': [400, 'InvalidParameter', 'name can only contain ASCII letters, numbers, underscores, and hyphens'],
  'name-too-long': [400, 'InvalidParameter', 'name can have no more than 64 characters'],
  'name-taken': [409, 'APIKeyAlreadyExists', 'API key with name already exists'],
  'key-limit': [429, 'APIKeyLimitReached', 'the maximum of 20 API keys is reached'],
  'key-id-invalid': [400, 'InvalidParameter', 'an API key id is 24 hexadecimal digits'],
  'key-unknown': [404, 'APIKeyNotFound', 'API key not found'],
  internal: [500, 'InternalServerError', 'internal server error'],
} as const

export type RefusalReason = keyof typeof refusals

/** Thrown anywhere in a route; `http/answer.ts` turns it into the response. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly errorCode: string

  /** @param retryAfter whole seconds after which a retry makes sense, for 429 and 503 */
  constructor(
    readonly reason: RefusalReason,
    readonly retryAfter?: number,
  ) {
    const [status, errorCode, text] = refusals[reason]
    super(text)
    this.status = status
    this.errorCode = errorCode
  }
}
