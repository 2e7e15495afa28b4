import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { confirm, resetPassword } from '../auth/registration.ts'
import type { Context } from '../context.ts'
import { readText } from '../http/body.ts'
import type { Routes } from '../http/paths.ts'
import { Refusal } from '../refusal.ts'
import type { MailToken } from '../store/mail-tokens.ts'

/**
 * The pages that the links in mails open, for a person with nothing but a browser. A page asks for a click before it
 * does anything: mail scanners open every link and would use the token up. No script; no other site is told the
 * address, which holds the token.
 */
export function addPageRoutes(routes: Routes, context: Context): void {
  if (context.mailbox === null) return

  routes.get('/app/:appId/confirm', ({ req }) => {
    const token = { tokenId: req.query('tokenId') ?? '', token: req.query('token') ?? '' }
    return page(200, 'Confirm your e-mail address', form(token, html`<button>Confirm</button>`))
  })
  routes.post('/app/:appId/confirm', async ({ req }) => {
    const fields = await readForm(req.raw)
    return finish('Your e-mail address is confirmed', 'You can sign in now.', () => confirm(context, tokenOf(fields)))
  })

  routes.get('/app/:appId/reset', ({ req }) => {
    const token = { tokenId: req.query('tokenId') ?? '', token: req.query('token') ?? '' }
    return page(200, 'Choose a new password', resetForm(token))
  })
  routes.post('/app/:appId/reset', async ({ req, env }) => {
    const fields = await readForm(req.raw)
    const token = tokenOf(fields)
    return finish(
      'Your password is changed',
      fields.has('keepKeys')
        ? 'Sign in with the new one. Everybody who was signed in with the old one is signed out. The API keys go on working.'
        : 'Sign in with the new one. Everybody who was signed in with the old one is signed out, and the API keys are disabled: enable those that are yours.',
      () => resetPassword(context, env, { ...token, password: fields.get('password') ?? '', keepKeys: fields.has('keepKeys') }),
      token,
    )
  })
}

type Html = ReturnType<typeof html>

async function finish(title: string, words: string, work: () => Promise<void>, again?: MailToken): Promise<Response> {
  try {
    await work()
    return page(200, title, html`<p>${words}</p>`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.reason === 'password-invalid' && again !== undefined) {
      return page(400, 'Choose a new password', resetForm(again, 'That password is too short or too long.'))
    }
    const reason =
      error.reason === 'mail-token-invalid'
        ? 'This link was used already or is older than 30 minutes. Try to sign in in the app: where that is refused, it can have a new one sent.'
        : 'The server is busy. Please try again in a minute.'
    return page(error.status, 'That did not work', html`<p role="alert">${reason}</p>`)
  }
}

function resetForm(token: MailToken, problem?: string): Html {
  return form(
    token,
    html`${problem === undefined ? '' : html`<p role="alert">${problem}</p>`}
      <label for="password">New password</label>
      <input id="password" name="password" type="password" autocomplete="new-password" minlength="6" maxlength="128"
        aria-describedby="rule" required>
      <p id="rule">6 to 128 characters.</p>
      <p><label class="choice"><input type="checkbox" name="keepKeys" aria-describedby="keys"> Keep my API keys working</label></p>
      <p id="keys">Without this, all API keys of this account are disabled, in case somebody else had the password and made one.
        You can enable yours again.</p>
      <button>Change password</button>`,
  )
}

function form({ tokenId, token }: MailToken, content: Html): Html {
  return html`<form method="post">
    <input type="hidden" name="tokenId" value="${tokenId}">
    <input type="hidden" name="token" value="${token}">
    ${content}
  </form>`
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:26rem;margin:15vh auto;padding:0 1.5rem}h1{font-size:1.5rem}
label{display:block;font-weight:600}.choice{font-weight:400}input,button{font:inherit;padding:.5rem .75rem;margin:.25rem 0}
input[type=password]{width:100%;box-sizing:border-box}button{cursor:pointer}`

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

async function page(status: number, title: string, content: Html): Promise<Response> {
  const text = await html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${raw(style)}</style></head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>`
  return new Response(String(text), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'Referrer-Policy': 'no-referrer',
      'X-Frame-Options': 'DENY',
    },
  })
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? ''
  const text = await readText(request)
  return new URLSearchParams(/^application\/x-www-form-urlencoded\b/i.test(type) ? text : '')
}

function tokenOf(fields: URLSearchParams): MailToken {
  return { tokenId: fields.get('tokenId') ?? '', token: fields.get('token') ?? '' }
}
