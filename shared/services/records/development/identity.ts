import { bearerGet } from '../../common-proofs.ts'
import { ruleSet } from '../../rule-set.ts'
import type { Service } from '../../service.ts'

/** Vaults of secrets, and who may sign in. */
export const identity = [
  {
    id: 'doppler',
    name: 'Doppler',
    keys: [
      { format: 'dp.(pt|ct|sa).<base62 40-44>' },
      { format: 'dp.st.<base62 40-44>' },
      { format: 'dp.st.<slug 2-35>.<base62 40-44>' },
      { format: 'dp.(scim|audit).<base62 40-44>', proof: null },
    ],
    renew: 'https://dashboard.doppler.com/workplace/tokens',
    variables: ['DOPPLER_TOKEN'],
    sites: ['dashboard.doppler.com'],
    proof: { ...bearerGet, url: 'https://api.doppler.com/v3/me', owner: 'workplace/name' },
    source: ['https://docs.doppler.com/reference/auth-token-formats', 'https://docs.doppler.com/reference/auth-me', ruleSet],
  },
  {
    id: 'hashicorp-vault',
    name: 'HashiCorp Vault',
    keys: [{ format: 'hvs.<base64url 90-120>' }, { format: 'hvs.<base62 24>' }, { format: '(hvb|hvr).<base64url 138-300>' }],
    renew: null, // a page of each server
    variables: ['VAULT_TOKEN'],
    sites: [],
    proof: null,
    selfHosted: true,
    source: ['https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes', ruleSet],
  },
  {
    id: '1password',
    name: '1Password',
    keys: [
      { format: 'ops_eyJ<base64url 250-2000>' },
      { format: 'ops_eyJ<base64 250-2000>' },
      { format: 'A3-<upper 6>-<upper 6>-<upper 5>-<upper 5>-<upper 5>-<upper 5>' },
    ],
    renew: 'https://start.1password.com/developer-tools/infrastructure-secrets/serviceaccount',
    variables: ['OP_SERVICE_ACCOUNT_TOKEN'],
    sites: ['start.1password.com', 'my.1password.com'],
    proof: null,
    source: ['https://developer.1password.com/docs/service-accounts/', ruleSet],
  },
  {
    id: 'bitwarden',
    name: 'Bitwarden Secrets Manager',
    keys: [{ format: '0.<uuid>.<base62 30>:<base64 22>' }],
    renew: 'https://vault.bitwarden.com/#/sm',
    variables: ['BWS_ACCESS_TOKEN'],
    sites: ['vault.bitwarden.com', 'vault.bitwarden.eu'],
    proof: null,
    selfHosted: true,
    source: ['https://bitwarden.com/help/access-tokens/'],
  },
  {
    id: 'infisical',
    name: 'Infisical',
    keys: [{ format: 'st.<hex 24>.<hex 32>.<hex 32>' }],
    renew: 'https://app.infisical.com/',
    variables: ['INFISICAL_TOKEN'],
    sites: ['app.infisical.com', 'eu.infisical.com'],
    proof: null,
    selfHosted: true,
    source: ['https://infisical.com/docs/documentation/platform/token'],
  },
  {
    id: 'clerk',
    name: 'Clerk',
    keys: [{ format: 'pk_(live|test)_<base64 16-120>', use: 'publishable', mode: 'by-word', checksum: 'clerk-host' }],
    renew: 'https://dashboard.clerk.com/last-active?path=api-keys',
    variables: ['CLERK_SECRET_KEY', 'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY', 'CLERK_PUBLISHABLE_KEY'],
    sites: ['dashboard.clerk.com'],
    proof: null,
    source: ['https://clerk.com/docs/guides/development/clerk-environment-variables'],
  },
  {
    id: 'stytch',
    name: 'Stytch',
    keys: [
      { format: 'secret-(live|test)-<base64url 36-60>=', mode: 'by-word' },
      { format: 'project-(live|test)-<uuid>', use: 'identifier', mode: 'by-word' },
      { format: 'public-token-(live|test)-<uuid>', use: 'publishable', mode: 'by-word' },
    ],
    renew: 'https://stytch.com/dashboard/api-keys',
    variables: ['STYTCH_SECRET', 'STYTCH_PROJECT_ID'],
    sites: ['stytch.com'],
    proof: null, // needs the project
    source: ['https://stytch.com/docs/api/authentication'],
  },
] as const satisfies readonly Service[]
