import { bearerGet, inHeader } from '../../common-proofs.ts'
import { ruleSet } from '../../rule-set.ts'
import type { Service } from '../../service.ts'

/** Building, testing, deploying and configuring. */
export const delivery = [
  {
    id: 'circleci',
    name: 'CircleCI',
    keys: [{ format: 'CCIPAT_<base58 21-22>_<hex 40>' }, { format: 'CCIPRJ_<base58 21-22>_<hex 40>', proof: null }],
    renew: 'https://app.circleci.com/settings/user/tokens',
    variables: ['CIRCLECI_CLI_TOKEN', 'CIRCLE_TOKEN'],
    sites: ['app.circleci.com'],
    proof: { ...bearerGet, url: 'https://circleci.com/api/v2/me', key: inHeader('circle-token'), owner: 'login' },
    selfHosted: true,
    source: ['https://circleci.com/changelog/new-format-for-api-access-tokens/', 'https://circleci.com/docs/api/v2/'],
  },
  {
    id: 'buildkite',
    name: 'Buildkite',
    keys: [{ format: 'bkua_<base62 40-64>' }],
    renew: 'https://buildkite.com/user/api-access-tokens',
    variables: ['BUILDKITE_API_TOKEN', 'BUILDKITE_API_ACCESS_TOKEN'],
    sites: ['buildkite.com'],
    proof: { ...bearerGet, url: 'https://api.buildkite.com/v2/access-token', scopes: 'scopes' },
    source: ['https://buildkite.com/docs/platform/security/tokens', 'https://buildkite.com/docs/apis/rest-api/access-token'],
  },
  {
    id: 'terraform-cloud',
    name: 'HCP Terraform',
    keys: [{ format: '<base62 14>.atlasv1.<base64url 60-70>' }],
    renew: 'https://app.terraform.io/app/settings/tokens',
    variables: ['TF_TOKEN_app_terraform_io', 'TFE_TOKEN'],
    sites: ['app.terraform.io', 'portal.cloud.hashicorp.com'],
    proof: { ...bearerGet, url: 'https://app.terraform.io/api/v2/account/details', owner: 'data/attributes/username' },
    selfHosted: true,
    source: [
      'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
      'https://developer.hashicorp.com/terraform/cloud-docs/api-docs/account',
      ruleSet,
    ],
  },
  {
    id: 'pulumi',
    name: 'Pulumi Cloud',
    keys: [{ format: 'pul-<hex 40>' }],
    renew: 'https://app.pulumi.com/account/tokens',
    variables: ['PULUMI_ACCESS_TOKEN'],
    sites: ['app.pulumi.com'],
    proof: {
      ...bearerGet,
      url: 'https://api.pulumi.com/api/user',
      key: inHeader('authorization', 'token '),
      headers: { accept: 'application/vnd.pulumi+8' },
      owner: 'githubLogin',
    },
    selfHosted: true,
    source: ['https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/', ruleSet],
  },
  {
    id: 'sonarqube',
    name: 'SonarQube',
    keys: [{ format: '(squ|sqp|sqa)_<hex 40>' }],
    renew: null, // a page of each server
    variables: ['SONAR_TOKEN'],
    sites: [],
    proof: null,
    selfHosted: true,
    source: ['https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens', ruleSet],
  },
  {
    id: 'snyk',
    name: 'Snyk',
    keys: [],
    renew: 'https://app.snyk.io/account',
    variables: ['SNYK_TOKEN'],
    sites: ['app.snyk.io'],
    proof: null, // each region has a host of its own
    source: ['https://docs.snyk.io/snyk-api/authentication-for-api'],
  },
  {
    id: 'launchdarkly',
    name: 'LaunchDarkly',
    keys: [{ format: 'sdk-<uuid>', proof: null }, { format: 'mob-<uuid>', use: 'publishable' }, { format: 'api-<uuid>' }],
    renew: 'https://app.launchdarkly.com/settings/authorization',
    variables: ['LAUNCHDARKLY_ACCESS_TOKEN', 'LAUNCHDARKLY_SDK_KEY', 'LAUNCHDARKLY_MOBILE_KEY'],
    sites: ['app.launchdarkly.com'],
    proof: null, // each region has a host of its own
    source: ['https://launchdarkly.com/docs/home/account/environment/keys'],
  },
] as const satisfies readonly Service[]
