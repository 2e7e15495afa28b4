import { basicUser, bearerGet, forbidden, inHeader } from '../../common-proofs.ts'
import { ruleSet } from '../../rule-set.ts'
import type { Service } from '../../service.ts'

/** Shops, shipping and travel. */
export const commerce = [
  {
    id: 'shopify',
    name: 'Shopify',
    keys: [{ format: '(shpat|shpca|shppa|shpss|shptka)_<hex 32>' }],
    renew: 'https://admin.shopify.com/',
    variables: ['SHOPIFY_ACCESS_TOKEN', 'SHOPIFY_API_SECRET', 'SHOPIFY_CLI_THEME_TOKEN'],
    sites: ['admin.shopify.com', 'partners.shopify.com', 'dev.shopify.com'],
    proof: null, // needs the shop
    source: ['https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens', ruleSet],
  },
  {
    id: 'woocommerce',
    name: 'WooCommerce',
    keys: [{ format: 'cs_<hex 40>' }, { format: 'ck_<hex 40>', use: 'identifier' }],
    renew: null, // a page of each shop
    variables: ['WOOCOMMERCE_CONSUMER_SECRET', 'WOOCOMMERCE_CONSUMER_KEY'],
    sites: [],
    proof: null,
    selfHosted: true,
    source: ['https://woocommerce.com/document/woocommerce-rest-api/'],
  },
  {
    id: 'shippo',
    name: 'Shippo',
    keys: [{ format: 'shippo_(live|test)_<hex 40>', mode: 'by-word' }],
    renew: 'https://apps.goshippo.com/settings/api',
    variables: ['SHIPPO_API_KEY', 'SHIPPO_TOKEN'],
    sites: ['apps.goshippo.com'],
    proof: {
      ...bearerGet,
      url: 'https://api.goshippo.com/carrier_accounts?results=1',
      key: inHeader('authorization', 'ShippoToken '),
    },
    source: ['https://docs.goshippo.com/docs/guides_general/authentication/', ruleSet],
  },
  {
    id: 'easypost',
    name: 'EasyPost',
    keys: [
      { format: 'EZAK<base62 54>', mode: 'live' },
      { format: 'EZTK<base62 54>', mode: 'test', proof: null },
    ],
    renew: 'https://www.easypost.com/account/api-keys',
    variables: ['EASYPOST_API_KEY'],
    sites: ['www.easypost.com'],
    proof: { ...bearerGet, url: 'https://api.easypost.com/v2/users', key: basicUser, owner: 'email' },
    source: ['https://docs.easypost.com/docs/authentication', ruleSet],
  },
  {
    id: 'lob',
    name: 'Lob',
    keys: [
      { format: '(live|test)_<hex 35>', mode: 'by-word' },
      { format: '(live|test)_pub_<hex 31>', use: 'publishable', mode: 'by-word' },
    ],
    renew: 'https://dashboard.lob.com/settings/api-keys',
    variables: ['LOB_API_KEY'],
    sites: ['dashboard.lob.com'],
    proof: {
      ...bearerGet,
      url: 'https://api.lob.com/v1/addresses?limit=1',
      key: basicUser,
      limited: forbidden('error/message'),
    },
    source: ['https://docs.lob.com/#tag/Authentication', ruleSet],
  },
  {
    id: 'duffel',
    name: 'Duffel',
    keys: [{ format: 'duffel_(live|test)_<base64url 43>', mode: 'by-word' }],
    renew: 'https://app.duffel.com/',
    variables: ['DUFFEL_ACCESS_TOKEN'],
    sites: ['app.duffel.com'],
    proof: { ...bearerGet, url: 'https://api.duffel.com/air/airlines?limit=1', headers: { 'duffel-version': 'v2' } },
    source: ['https://duffel.com/docs/api/overview/making-requests', ruleSet],
  },
] as const satisfies readonly Service[]
