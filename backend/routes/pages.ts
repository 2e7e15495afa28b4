import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { confirm, resetPassword } from '../auth/registration.ts'
import type { Context } from '../context.ts'
import { readText } from '../http/body.ts'
import type { Routes } from '../http/paths.ts'
import { Refusal } from '../refusal.ts'
import type { MailToken } from '../store/mail-tokens.ts'

/**
 * The pages behind the links in mails, for users who have only a browser. A page requires a click before it does anything, because mail
 * scanners open every link and would use up the token. No scripts, and no referrer: the address contains the token.
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
    return page(200, 'Choose a new password', resetForm({ token, keepKeys: false }))
  })
  routes.post('/app/:appId/reset', async ({ req, env }) => {
    const fields = await readForm(req.raw)
    const token = tokenOf(fields)
    const keepKeys = fields.has('keepKeys')
    return finish(
      'Your password is changed',
      keepKeys
        ? 'Sign in with the new one. Everybody who was signed in with the old one is signed out. The API keys go on working.'
        : 'Sign in with the new one. Everybody who was signed in with the old one is signed out, and the API keys are disabled: enable those that are yours.',
      () => resetPassword(context, env, { ...token, password: fields.get('password') ?? '', keepKeys }),
      { token, keepKeys },
    )
  })
}

type Html = ReturnType<typeof html>

/** The content of the form for a new password; after an error, with what was entered before. */
interface Reset {
  readonly token: MailToken
  readonly keepKeys: boolean
}

async function finish(title: string, words: string, work: () => Promise<void>, again?: Reset): Promise<Response> {
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

function resetForm({ token, keepKeys }: Reset, problem?: string): Html {
  return form(
    token,
    html`<label for="password">New password</label>
      <input id="password" name="password" type="password" autocomplete="new-password" minlength="6" maxlength="128"
        aria-describedby="${problem === undefined ? 'rule' : 'problem rule'}" ${problem === undefined ? '' : raw('aria-invalid="true" autofocus')} required>
      ${problem === undefined ? '' : html`<p id="problem" class="problem" role="alert">${problem}</p>`}
      <p id="rule" class="hint">6 to 128 characters.</p>
      <label class="choice"><input type="checkbox" name="keepKeys" aria-describedby="keys" ${keepKeys ? raw('checked') : ''}>
        Keep my API keys working</label>
      <p id="keys" class="hint">Without this, all API keys of this account are disabled, in case somebody else had the password and made
        one. You can enable yours again in the app.</p>
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

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif;
--ground:#fff;--ink:#14201e;--soft:#4d5a58;--line:#84908e;--accent:#0b6b61;--on-accent:#fff;--danger:#b3261e}
@media(prefers-color-scheme:dark){:root{--ground:#191f1e;--ink:#e7ecea;--soft:#a9b5b2;--line:#6d7b78;--accent:#5cc5b3;--on-accent:#06241f;--danger:#ff958a}}
body{max-width:26rem;margin:12vh auto;padding:0 1.5rem;background:var(--ground);color:var(--ink)}
h1{margin:0 0 1.5rem;font-size:1.5rem;line-height:1.25}
label{display:block;font-weight:600}p{margin:0 0 1rem}
input,button{font:inherit;border-radius:6px}
input[type=password]{width:100%;box-sizing:border-box;margin:.25rem 0;padding:.5rem .75rem;border:1px solid var(--line);background:var(--ground);color:inherit}
input[aria-invalid]{border-color:var(--danger)}
.problem{margin:0;color:var(--danger)}.hint{margin-bottom:1.5rem;color:var(--soft);font-size:.875rem}
.choice{display:flex;gap:.5rem;align-items:center;font-weight:400}.choice+.hint{margin-left:1.5rem}
input[type=checkbox]{width:1rem;height:1rem;margin:0;accent-color:var(--accent)}
button{padding:.5rem 1rem;border:0;background:var(--accent);color:var(--on-accent);font-weight:500;cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}`

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
