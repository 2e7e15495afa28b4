import { bearerGet, forbidden, inHeader } from '../../common-proofs.ts'
import { ruleSet } from '../../rule-set.ts'
import type { Service } from '../../service.ts'

export const mail = [
  {
    id: 'sendgrid',
    name: 'SendGrid',
    keys: [{ format: 'SG.<base64url 22>.<base64url 43>' }],
    renew: 'https://app.sendgrid.com/settings/api_keys',
    variables: ['SENDGRID_API_KEY'],
    sites: ['app.sendgrid.com', 'login.sendgrid.com'],
    proof: { ...bearerGet, url: 'https://api.sendgrid.com/v3/scopes', scopes: 'scopes', limited: forbidden('errors') },
    source: ['https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys', ruleSet],
  },
  {
    id: 'mailgun',
    name: 'Mailgun',
    keys: [{ format: '<hex 32>-<hex 8>-<hex 8>' }],
    renew: 'https://app.mailgun.com/settings/api_security',
    variables: ['MAILGUN_API_KEY'],
    sites: ['app.mailgun.com', 'login.mailgun.com'],
    proof: null, // each region has a host of its own
    source: ['https://documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt/rbac-mgmt', ruleSet],
  },
  {
    id: 'mailchimp',
    name: 'Mailchimp',
    keys: [{ format: '<hex 32>-us<digit 1-2>' }],
    renew: 'https://admin.mailchimp.com/account/api/',
    variables: ['MAILCHIMP_API_KEY'],
    sites: ['login.mailchimp.com', 'admin.mailchimp.com'],
    proof: null, // each data center has a host of its own
    source: ['https://mailchimp.com/developer/marketing/guides/quick-start/', ruleSet],
  },
  {
    id: 'brevo',
    name: 'Brevo',
    keys: [{ format: 'xkeysib-<hex 64>-<base62 16>' }, { format: 'xsmtpsib-<hex 64>-<base62 16>', proof: null }],
    renew: 'https://app.brevo.com/settings/keys/api',
    variables: ['BREVO_API_KEY', 'SENDINBLUE_API_KEY'],
    sites: ['app.brevo.com', 'login.brevo.com'],
    proof: {
      ...bearerGet,
      url: 'https://api.brevo.com/v3/account',
      key: inHeader('api-key'),
      refused: [{ status: [401], field: 'message', is: ['Key not found'] }], // an address that is not allowed is a 401, too
      owner: 'email',
    },
    source: ['https://developers.brevo.com/docs/api-clients', ruleSet],
  },
  {
    id: 'resend',
    name: 'Resend',
    keys: [{ format: 're_<base62 8>_<base62 24>' }],
    renew: 'https://resend.com/api-keys',
    variables: ['RESEND_API_KEY'],
    sites: ['resend.com'],
    proof: {
      ...bearerGet,
      url: 'https://api.resend.com/domains',
      refused: [{ status: [403], field: 'name', is: ['invalid_api_key'] }],
      limited: [{ status: [401], field: 'name', is: ['restricted_api_key'] }],
    },
    source: ['https://resend.com/docs/api-reference/introduction', 'https://resend.com/docs/api-reference/errors'],
  },
  {
    id: 'mailersend',
    name: 'MailerSend',
    keys: [{ format: 'mlsn.<hex 64>' }],
    renew: 'https://app.mailersend.com/api-tokens',
    variables: ['MAILERSEND_API_KEY'],
    sites: ['app.mailersend.com'],
    proof: { ...bearerGet, url: 'https://api.mailersend.com/v1/api-quota', limited: forbidden('message') },
    source: ['https://developers.mailersend.com/general.html'],
  },
  {
    id: 'postmark',
    name: 'Postmark',
    keys: [],
    renew: 'https://account.postmarkapp.com/servers',
    variables: ['POSTMARK_SERVER_TOKEN', 'POSTMARK_API_TOKEN'],
    sites: ['account.postmarkapp.com'],
    proof: null, // tokens of a server and of an account look alike, and each is refused where the other counts
    source: ['https://postmarkapp.com/developer/api/overview'],
  },
  {
    id: 'klaviyo',
    name: 'Klaviyo',
    keys: [{ format: 'pk_<hex 34>' }], // Klaviyo's "pk" is a private key
    renew: 'https://www.klaviyo.com/settings/account/api-keys',
    variables: ['KLAVIYO_API_KEY', 'KLAVIYO_PRIVATE_API_KEY'],
    sites: ['www.klaviyo.com'],
    proof: {
      ...bearerGet,
      url: 'https://a.klaviyo.com/api/accounts',
      key: inHeader('authorization', 'Klaviyo-API-Key '),
      headers: { accept: 'application/vnd.api+json', revision: '2025-01-15' },
      owner: 'data/0/attributes/contact_information/organization_name',
      limited: forbidden('errors/0/code', 'permission_denied'),
    },
    source: ['https://developers.klaviyo.com/en/docs/authenticate_', ruleSet],
  },
] as const satisfies readonly Service[]
