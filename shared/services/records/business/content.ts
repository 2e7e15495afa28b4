import { ruleSet } from '../../rule-set.ts'
import type { Service } from '../../service.ts'

/** Texts, pictures and maps. */
export const content = [
  {
    id: 'contentful',
    name: 'Contentful',
    keys: [{ format: 'CFPAT-<base64url 43>' }],
    renew: 'https://app.contentful.com/account/profile/cma_tokens',
    variables: ['CONTENTFUL_MANAGEMENT_TOKEN', 'CONTENTFUL_ACCESS_TOKEN'],
    sites: ['app.contentful.com', 'be.contentful.com'],
    proof: null, // each region has a host of its own
    source: ['https://www.contentful.com/help/token-management/personal-access-tokens/', ruleSet],
  },
  {
    id: 'intercom',
    name: 'Intercom',
    keys: [{ format: 'dG9rO<base64 53-56>' }], // base64 of "tok:"
    renew: 'https://app.intercom.com/a/apps/_/developer-hub',
    variables: ['INTERCOM_ACCESS_TOKEN'],
    sites: ['app.intercom.com'],
    proof: null, // each region has a host of its own
    source: ['https://developers.intercom.com/docs/build-an-integration/learn-more/authentication', ruleSet],
  },
  {
    id: 'mapbox',
    name: 'Mapbox',
    keys: [
      { format: 'pk.eyJ1Ijoi<base64url 20-200>.<base64url 22>', use: 'publishable' },
      { format: '(sk|tk).eyJ1Ijoi<base64url 20-200>.<base64url 22>' },
    ],
    renew: 'https://console.mapbox.com/account/access-tokens/',
    variables: ['MAPBOX_ACCESS_TOKEN', 'MAPBOX_TOKEN', 'NEXT_PUBLIC_MAPBOX_TOKEN'],
    sites: ['console.mapbox.com', 'account.mapbox.com'],
    proof: null, // takes the key in the query
    source: ['https://docs.mapbox.com/help/dive-deeper/access-tokens/'],
  },
  {
    id: 'maxmind',
    name: 'MaxMind',
    keys: [{ format: '<base62 6>_<base62 29>_mmk' }],
    renew: 'https://www.maxmind.com/en/accounts/current/license-key',
    variables: ['MAXMIND_LICENSE_KEY', 'GEOIPUPDATE_LICENSE_KEY'],
    sites: ['www.maxmind.com'],
    proof: null,
    source: ['https://dev.maxmind.com/license-key-validation-api/', ruleSet],
  },
  {
    id: 'cloudinary',
    name: 'Cloudinary',
    keys: [{ format: 'cloudinary://<digit 15>:<base64url 27>@<slug 2-60>' }],
    renew: 'https://console.cloudinary.com/settings/api-keys',
    variables: ['CLOUDINARY_URL', 'CLOUDINARY_API_SECRET', 'CLOUDINARY_API_KEY'],
    sites: ['console.cloudinary.com'],
    proof: null, // needs the three parts of the URL
    source: ['https://cloudinary.com/documentation/developer_onboarding_faq_find_credentials'],
  },
] as const satisfies readonly Service[]
