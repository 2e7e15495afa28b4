import { bearerGet, forbidden, inHeader } from '../../common-proofs.ts'
import { ruleSet } from '../../rule-set.ts'
import type { Service } from '../../service.ts'

export const databases = [
  {
    id: 'supabase',
    name: 'Supabase',
    keys: [
      { format: 'sbp_<hex 40>' },
      { format: 'sb_secret_<base64url 31>', proof: null }, // needs the project
      { format: 'sb_publishable_<base64url 31>', use: 'publishable' },
    ],
    renew: 'https://supabase.com/dashboard/account/tokens',
    variables: [
      'SUPABASE_ACCESS_TOKEN',
      'SUPABASE_SECRET_KEY',
      'SUPABASE_SERVICE_ROLE_KEY',
      'SUPABASE_PUBLISHABLE_KEY',
      'SUPABASE_ANON_KEY',
    ],
    sites: ['supabase.com'],
    proof: { ...bearerGet, url: 'https://api.supabase.com/v1/organizations', owner: '0/name' },
    source: ['https://supabase.com/docs/guides/api/api-keys', ruleSet],
  },
  {
    id: 'neon',
    name: 'Neon',
    keys: [{ format: 'napi_<lower 64>' }],
    renew: 'https://console.neon.tech/app/settings/api-keys',
    variables: ['NEON_API_KEY'],
    sites: ['console.neon.tech'],
    proof: { ...bearerGet, url: 'https://console.neon.tech/api/v2/auth', owner: 'account_id' },
    source: ['https://neon.com/docs/manage/api-keys', 'https://neon.com/docs/reference/api/users/get-auth-details'],
  },
  {
    id: 'planetscale',
    name: 'PlanetScale',
    keys: [{ format: 'pscale_(tkn|oauth|pw)_<unreserved 32-64>' }],
    renew: 'https://app.planetscale.com/',
    variables: ['PLANETSCALE_SERVICE_TOKEN', 'PLANETSCALE_SERVICE_TOKEN_ID'],
    sites: ['app.planetscale.com', 'auth.planetscale.com'],
    proof: null, // needs the id of the token
    source: ['https://planetscale.com/docs/cli/service-token', ruleSet],
  },
  {
    id: 'mongodb-atlas',
    name: 'MongoDB Atlas',
    keys: [{ format: 'mdb_sa_sk_<base64url 40>' }, { format: 'mdb_sa_id_<hex 24>', use: 'identifier' }],
    renew: 'https://cloud.mongodb.com/v2#/preferences/organizations',
    variables: ['MONGODB_ATLAS_CLIENT_SECRET', 'MONGODB_ATLAS_CLIENT_ID'],
    sites: ['cloud.mongodb.com', 'account.mongodb.com'],
    proof: null, // needs the id
    source: ['https://www.mongodb.com/docs/atlas/api/service-accounts-overview/', ruleSet],
  },
  {
    id: 'cockroachdb-cloud',
    name: 'CockroachDB Cloud',
    keys: [{ format: 'CCDB1_<base62 22>_<base62 40>' }],
    renew: 'https://cockroachlabs.cloud/access',
    variables: ['COCKROACH_API_KEY'],
    sites: ['cockroachlabs.cloud'],
    proof: { ...bearerGet, url: 'https://cockroachlabs.cloud/api/v1/clusters', limited: forbidden('message') },
    source: ['https://www.cockroachlabs.com/docs/cockroachcloud/cloud-api', ruleSet],
  },
  {
    id: 'databricks',
    name: 'Databricks',
    keys: [{ format: 'dapi<hex 32>' }, { format: 'dapi<hex 32>-<digit 1>' }],
    renew: null, // a page of each workspace
    variables: ['DATABRICKS_TOKEN'],
    sites: ['accounts.cloud.databricks.com'],
    proof: null, // needs the workspace
    source: ['https://docs.databricks.com/aws/en/dev-tools/auth/pat', ruleSet],
  },
  {
    id: 'elastic-cloud',
    name: 'Elastic Cloud',
    keys: [{ format: 'essu_<base64url 60-200>' }, { format: 'essu_<base64 60-200>' }],
    renew: 'https://cloud.elastic.co/account/keys',
    variables: ['EC_API_KEY'],
    sites: ['cloud.elastic.co'],
    proof: {
      ...bearerGet,
      url: 'https://api.elastic-cloud.com/api/v1/deployments',
      key: inHeader('authorization', 'ApiKey '),
      limited: forbidden('errors/0/code'),
    },
    source: ['https://www.elastic.co/docs/deploy-manage/api-keys/elastic-cloud-api-keys', ruleSet],
  },
  {
    id: 'confluent-cloud',
    name: 'Confluent Cloud',
    keys: [{ format: 'cflt<base64 60>' }],
    renew: 'https://confluent.cloud/settings/api-keys',
    variables: ['CONFLUENT_CLOUD_API_SECRET', 'CONFLUENT_CLOUD_API_KEY'],
    sites: ['confluent.cloud'],
    proof: null, // needs the id
    source: ['https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html'],
  },
  {
    id: 'convex',
    name: 'Convex',
    keys: [{ format: '(prod|dev|preview):<slug 5-60>|<base64 20-300>', mode: 'by-word' }],
    renew: 'https://dashboard.convex.dev/',
    variables: ['CONVEX_DEPLOY_KEY'],
    sites: ['dashboard.convex.dev'],
    proof: null,
    source: ['https://docs.convex.dev/cli/deploy-key-types'],
  },
] as const satisfies readonly Service[]
