import { bearerGet } from '../../common-proofs.ts'
import { ruleSet } from '../../rule-set.ts'
import type { Service } from '../../service.ts'

export const monitoring = [
  {
    id: 'sentry',
    name: 'Sentry',
    keys: [
      { format: '(sntryu|sntrya|sntryi)_<hex 64>' },
      { format: 'sntrys_eyJ<base64 60-400>_<base64 43>' },
      { format: 'https://<hex 32>@o<digit 1-20>.ingest.sentry.io/<digit 1-20>', use: 'publishable' },
      { format: 'https://<hex 32>@o<digit 1-20>.ingest.(us|de).sentry.io/<digit 1-20>', use: 'publishable' },
    ],
    renew: 'https://sentry.io/settings/account/api/auth-tokens/',
    variables: ['SENTRY_AUTH_TOKEN', 'SENTRY_DSN'],
    sites: ['sentry.io'],
    proof: null,
    selfHosted: true,
    source: ['https://docs.sentry.io/security-legal-pii/security/token-formats/'],
  },
  {
    id: 'new-relic',
    name: 'New Relic',
    keys: [
      { format: 'NRAK-<upper 27>' },
      { format: 'NRII-<base64url 32>' },
      { format: '<hex 32>FFFFNRAL' },
      { format: 'eu01xx<hex 26>FFFFNRAL' },
      { format: 'NRJS-<hex 19>', use: 'publishable' },
    ],
    renew: 'https://one.newrelic.com/admin-portal/api-keys/home',
    variables: ['NEW_RELIC_LICENSE_KEY', 'NEW_RELIC_API_KEY', 'NEW_RELIC_USER_KEY'],
    sites: ['one.newrelic.com', 'login.newrelic.com'],
    proof: null, // each region has a host of its own
    source: ['https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/', ruleSet],
  },
  {
    id: 'datadog',
    name: 'Datadog',
    keys: [{ format: 'pub<hex 32>', use: 'publishable' }],
    renew: 'https://app.datadoghq.com/organization-settings/api-keys',
    variables: ['DD_API_KEY', 'DD_APP_KEY', 'DATADOG_API_KEY', 'DATADOG_APP_KEY', 'DD_CLIENT_TOKEN'],
    sites: ['app.datadoghq.com', 'app.datadoghq.eu', 'us3.datadoghq.com', 'us5.datadoghq.com', 'ap1.datadoghq.com'],
    proof: null, // each region has a host of its own
    source: ['https://docs.datadoghq.com/account_management/api-app-keys/'],
  },
  {
    id: 'grafana',
    name: 'Grafana',
    keys: [{ format: 'glsa_<base62 32>_<hex 8>', checksum: 'grafana' }, { format: 'glc_eyJ<base64 40-400>' }],
    renew: 'https://grafana.com/profile/org/access-policies',
    variables: ['GRAFANA_SERVICE_ACCOUNT_TOKEN', 'GRAFANA_API_KEY', 'GRAFANA_CLOUD_ACCESS_POLICY_TOKEN'],
    sites: ['grafana.com'],
    proof: null,
    selfHosted: true,
    source: [
      'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
      'https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go',
      'https://grafana.com/docs/grafana-cloud/account-management/authentication-and-permissions/access-policies/',
    ],
  },
  {
    id: 'dynatrace',
    name: 'Dynatrace',
    keys: [{ format: '(dt0c01|dt0s01|dt0s02|dt0s08|dt0s16).<upper 24>.<upper 64>' }],
    renew: null, // a page of each environment
    variables: ['DT_API_TOKEN', 'DYNATRACE_API_TOKEN'],
    sites: ['sso.dynatrace.com', 'myaccount.dynatrace.com'],
    proof: null, // needs the environment
    source: ['https://docs.dynatrace.com/docs/shortlink/token'],
  },
  {
    id: 'honeycomb',
    name: 'Honeycomb',
    keys: [{ format: 'hc<lower 1>ik_<lower 58>' }],
    renew: 'https://ui.honeycomb.io/account',
    variables: ['HONEYCOMB_API_KEY'],
    sites: ['ui.honeycomb.io', 'ui.eu1.honeycomb.io'],
    proof: null, // each region has a host of its own
    source: ['https://docs.honeycomb.io/api/authentication'],
  },
  {
    id: 'axiom',
    name: 'Axiom',
    keys: [{ format: 'xapt-<uuid>' }, { format: 'xaat-<uuid>', proof: null }],
    renew: 'https://app.axiom.co/settings/api-tokens',
    variables: ['AXIOM_TOKEN'],
    sites: ['app.axiom.co'],
    proof: { ...bearerGet, url: 'https://api.axiom.co/v2/user', owner: 'email' },
    source: ['https://axiom.co/docs/reference/tokens'],
  },
  {
    id: 'posthog',
    name: 'PostHog',
    keys: [{ format: 'phc_<base62 43-44>', use: 'publishable' }, { format: 'phx_<base62 43-52>' }],
    renew: 'https://app.posthog.com/settings/user-api-keys',
    variables: ['POSTHOG_API_KEY', 'POSTHOG_PERSONAL_API_KEY', 'NEXT_PUBLIC_POSTHOG_KEY'],
    sites: ['app.posthog.com', 'us.posthog.com', 'eu.posthog.com'],
    proof: null, // each region has a host of its own
    selfHosted: true,
    source: ['https://posthog.com/docs/api', ruleSet],
  },
  {
    id: 'logfire',
    name: 'Pydantic Logfire',
    keys: [{ format: 'pylf_v<digit 1>_(us|eu)_<base62 40-60>' }],
    renew: 'https://logfire.pydantic.dev/',
    variables: ['LOGFIRE_TOKEN'],
    sites: ['logfire.pydantic.dev', 'logfire-us.pydantic.dev', 'logfire-eu.pydantic.dev'],
    proof: null,
    source: ['https://logfire.pydantic.dev/docs/how-to-guides/create-write-tokens/'],
  },
] as const satisfies readonly Service[]
