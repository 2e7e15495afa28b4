import { bearerGet, forbidden } from '../../common-proofs.ts'
import { ruleSet } from '../../rule-set.ts'
import type { Service } from '../../service.ts'

/** Hosting of apps, and the networks before and between them. */
export const hosting = [
  {
    id: 'cloudflare',
    name: 'Cloudflare',
    keys: [
      { format: 'cfut_<base64url 40><hex 8>' },
      { format: '(cfat|cfk)_<base64url 40><hex 8>', proof: null }, // need the account, or its address
      { format: 'v1.0-<hex 24>-<hex 146>', proof: null },
    ],
    renew: 'https://dash.cloudflare.com/profile/api-tokens',
    variables: ['CLOUDFLARE_API_TOKEN', 'CF_API_TOKEN', 'CLOUDFLARE_API_KEY'],
    sites: ['dash.cloudflare.com'],
    proof: {
      ...bearerGet,
      url: 'https://api.cloudflare.com/client/v4/user/tokens/verify',
      works: [{ status: [200], field: 'result/status', is: ['active'] }],
      refused: [{ status: [401] }, { status: [200], field: 'result/status', is: ['disabled', 'expired'] }],
      expires: 'result/expires_on',
    },
    source: [
      'https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/',
      'https://developers.cloudflare.com/api/resources/user/subresources/tokens/methods/verify/',
      ruleSet,
    ],
  },
  {
    id: 'vercel',
    name: 'Vercel',
    keys: [{ format: '(vcp|vci)_<base64url 56>' }, { format: '(vca|vcr|vck)_<base64url 56>', proof: null }],
    renew: 'https://vercel.com/account/settings/tokens',
    variables: ['VERCEL_TOKEN', 'AI_GATEWAY_API_KEY'],
    sites: ['vercel.com'],
    proof: {
      ...bearerGet,
      url: 'https://api.vercel.com/v2/user',
      refused: [{ status: [401] }, { status: [403], field: 'error/invalidToken', is: [true] }],
      owner: 'user/username',
      limited: forbidden('error/code'),
    },
    source: ['https://vercel.com/docs/rest-api', ruleSet],
  },
  {
    id: 'netlify',
    name: 'Netlify',
    keys: [{ format: '(nfp|nfc|nfo)_<base62 36>' }],
    renew: 'https://app.netlify.com/user/applications#personal-access-tokens',
    variables: ['NETLIFY_AUTH_TOKEN'],
    sites: ['app.netlify.com'],
    proof: { ...bearerGet, url: 'https://api.netlify.com/api/v1/user', owner: 'email' },
    source: ['https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/'],
  },
  {
    id: 'heroku',
    name: 'Heroku',
    keys: [{ format: 'HRKU-AA<base64url 58>' }, { format: 'HRKU-<uuid>' }],
    renew: 'https://dashboard.heroku.com/account/applications',
    variables: ['HEROKU_API_KEY'],
    sites: ['dashboard.heroku.com', 'id.heroku.com'],
    proof: {
      ...bearerGet,
      url: 'https://api.heroku.com/account',
      headers: { accept: 'application/vnd.heroku+json; version=3' },
      owner: 'email',
      limited: forbidden('id', 'forbidden'),
    },
    source: ['https://devcenter.heroku.com/articles/platform-api-reference', ruleSet],
  },
  {
    id: 'render',
    name: 'Render',
    keys: [{ format: 'rnd_<base62 28>' }],
    renew: 'https://dashboard.render.com/u/settings#api-keys',
    variables: ['RENDER_API_KEY'],
    sites: ['dashboard.render.com'],
    proof: { ...bearerGet, url: 'https://api.render.com/v1/owners?limit=1', owner: '0/owner/email' },
    source: ['https://render.com/docs/api'],
  },
  {
    id: 'fly',
    name: 'Fly.io',
    keys: [
      { format: 'FlyV1 (fm1r|fm2)_<base64 80-3000>' },
      { format: 'FlyV1 (fm1r|fm2)_<base64 80-2000>,(fm1r|fm2|fm1a)_<base64 80-2000>' },
      { format: '(fm1r|fm2)_<base64 80-3000>' },
    ],
    renew: 'https://fly.io/tokens/create',
    variables: ['FLY_API_TOKEN', 'FLY_ACCESS_TOKEN'],
    sites: ['fly.io'],
    proof: null,
    source: ['https://fly.io/docs/security/tokens/', ruleSet],
  },
  {
    id: 'tailscale',
    name: 'Tailscale',
    keys: [
      { format: 'tskey-api-<base62 6-24>-<base62 16-48>' },
      { format: 'tskey-(auth|client|scim|webhook)-<base62 6-24>-<base62 16-48>', proof: null },
    ],
    renew: 'https://login.tailscale.com/admin/settings/keys',
    variables: ['TS_AUTHKEY', 'TAILSCALE_API_KEY', 'TAILSCALE_OAUTH_CLIENT_SECRET'],
    sites: ['login.tailscale.com'],
    proof: { ...bearerGet, url: 'https://api.tailscale.com/api/v2/tailnet/-/keys', limited: forbidden('message') },
    source: ['https://tailscale.com/docs/reference/key-prefixes', 'https://tailscale.com/api'],
  },
] as const satisfies readonly Service[]
