import { bearerGet, inHeader } from '../../common-proofs.ts'
import { ruleSet } from '../../rule-set.ts'
import type { Service } from '../../service.ts'

export const packages = [
  {
    id: 'npm',
    name: 'npm',
    keys: [{ format: 'npm_<base62 36>', checksum: 'crc32-base62' }],
    renew: 'https://www.npmjs.com/settings/~/tokens',
    variables: ['NPM_TOKEN', 'NODE_AUTH_TOKEN'],
    sites: ['www.npmjs.com'],
    proof: { ...bearerGet, url: 'https://registry.npmjs.org/-/whoami', owner: 'username' },
    source: ['https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/'],
  },
  {
    id: 'pypi',
    name: 'PyPI',
    keys: [
      { format: 'pypi-AgEIcHlwaS5vcmc<base64url 50-1000>', mode: 'live' },
      { format: 'pypi-AgENdGVzdC5weXBpLm9yZw<base64url 50-1000>', mode: 'test' },
    ],
    renew: 'https://pypi.org/manage/account/token/',
    variables: ['TWINE_PASSWORD', 'UV_PUBLISH_TOKEN', 'POETRY_PYPI_TOKEN_PYPI', 'FLIT_PASSWORD'],
    sites: ['pypi.org', 'test.pypi.org'],
    proof: null, // only an upload asks for the key
    source: ['https://pypi.org/help/#apitoken', ruleSet],
  },
  {
    id: 'crates-io',
    name: 'crates.io',
    keys: [{ format: 'cio<base62 32>' }],
    renew: 'https://crates.io/settings/tokens',
    variables: ['CARGO_REGISTRY_TOKEN'],
    sites: ['crates.io', 'github.com'],
    proof: null,
    source: ['https://github.com/rust-lang/crates.io/blob/main/crates/crates_io_database/src/utils/token.rs'],
  },
  {
    id: 'rubygems',
    name: 'RubyGems',
    keys: [{ format: 'rubygems_<hex 48>' }],
    renew: 'https://rubygems.org/profile/api_keys',
    variables: ['GEM_HOST_API_KEY'],
    sites: ['rubygems.org'],
    proof: { ...bearerGet, url: 'https://rubygems.org/api/v1/gems.json', key: inHeader('authorization') },
    source: ['https://guides.rubygems.org/api-key-scopes/', ruleSet],
  },
  {
    id: 'nuget',
    name: 'NuGet',
    keys: [{ format: 'oy2<lower 43>' }],
    renew: 'https://www.nuget.org/account/apikeys',
    variables: ['NUGET_API_KEY'],
    sites: ['www.nuget.org', 'login.microsoftonline.com'],
    proof: null,
    source: ['https://learn.microsoft.com/en-us/nuget/nuget-org/scoped-api-keys'],
  },
  {
    id: 'docker-hub',
    name: 'Docker Hub',
    keys: [{ format: 'dckr_pat_<base64url 27>' }, { format: 'dckr_oat_<base64url 32>' }],
    renew: 'https://app.docker.com/settings/personal-access-tokens',
    variables: ['DOCKER_PASSWORD', 'DOCKERHUB_TOKEN'],
    sites: ['app.docker.com', 'hub.docker.com', 'login.docker.com'],
    proof: null, // needs the name of the account
    source: ['https://docs.docker.com/security/access-tokens/', ruleSet],
  },
  {
    id: 'clojars',
    name: 'Clojars',
    keys: [{ format: 'CLOJARS_<lower 60>' }],
    renew: 'https://clojars.org/tokens',
    variables: ['CLOJARS_PASSWORD'],
    sites: ['clojars.org'],
    proof: null,
    source: ['https://github.com/clojars/clojars-web/wiki/Deploy-Tokens', ruleSet],
  },
  {
    id: 'private-packagist',
    name: 'Private Packagist',
    keys: [{ format: 'packagist_(ort|out|uut)_<hex 68>' }], // 60 random digits and a checksum of 8, whose sum is not documented
    renew: 'https://packagist.com/profile/authentication-tokens',
    variables: ['COMPOSER_AUTH'],
    sites: ['packagist.com'],
    proof: null,
    source: ['https://packagist.com/docs/composer-authentication'],
  },
  {
    id: 'jfrog',
    name: 'JFrog Artifactory',
    keys: [
      { format: 'AKCp<base62 68-70>' },
      { format: 'cmVmdGtuOj<base62 54>' }, // base64 of "reftkn:"
    ],
    renew: null, // a page of each server
    variables: ['JFROG_ACCESS_TOKEN', 'JF_ACCESS_TOKEN', 'ARTIFACTORY_API_KEY'],
    sites: [],
    proof: null,
    selfHosted: true,
    source: ['https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens', ruleSet],
  },
] as const satisfies readonly Service[]
