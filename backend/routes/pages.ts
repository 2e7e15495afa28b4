import { createHash } from 'node:crypto'
import type { Context as Call } from 'hono'
import { accepts } from 'hono/accepts'
import { html, raw } from 'hono/html'
import { confirm, resetPassword } from '../auth/registration.ts'
import type { Context } from '../context.ts'
import { readText } from '../http/body.ts'
import type { Routes } from '../http/paths.ts'
import { Refusal } from '../refusal.ts'
import type { MailToken } from '../store/mail-tokens.ts'
import { type PageLanguage, pageTexts, type PageTexts } from './page-texts.ts'

/**
 * The pages behind the links in mails, for users who have only a browser, in its language. A page requires a click before it does anything,
 * because mail scanners open every link and would use up the token. No scripts, and no referrer: the address contains the token.
 */
export function addPageRoutes(routes: Routes, context: Context): void {
  if (context.mailbox === null) return

  routes.get('/app/:appId/confirm', (call) => {
    const language = languageOf(call)
    const { title, button } = pageTexts[language].confirm
    return page(language, 200, title, form(tokenInLink(call), html`<button>${button}</button>`))
  })
  routes.post('/app/:appId/confirm', async (call) => {
    const language = languageOf(call)
    const fields = await readForm(call.req.raw)
    const { title, next } = pageTexts[language].confirmed
    return finish(language, { title, next }, () => confirm(context, tokenOf(fields)))
  })

  routes.get('/app/:appId/reset', (call) => {
    const language = languageOf(call)
    const { reset } = pageTexts[language]
    return page(language, 200, reset.title, resetForm(reset, { token: tokenInLink(call), keepKeys: false }))
  })
  routes.post('/app/:appId/reset', async (call) => {
    const language = languageOf(call)
    const fields = await readForm(call.req.raw)
    const [token, keepKeys] = [tokenOf(fields), fields.has('keepKeys')]
    const { title, keysKept, keysDisabled } = pageTexts[language].changed
    return finish(
      language,
      { title, next: keepKeys ? keysKept : keysDisabled },
      () => resetPassword(context, call.env, { ...token, password: fields.get('password') ?? '', keepKeys }),
      { token, keepKeys },
    )
  })
}

/** The first of the browser's languages that there are texts in, otherwise English. */
function languageOf(call: Call): PageLanguage {
  const supports = Object.keys(pageTexts)
  return accepts(call, {
    ...{ header: 'Accept-Language', supports, default: 'en' },
    match: (asked, config) => {
      const wanted = [...asked].sort((one, other) => other.q - one.q).map(({ type }) => type.toLowerCase().replace(/-.*/, ''))
      return wanted.find((language) => config.supports.includes(language)) ?? config.default
    },
  }) as PageLanguage
}

type Html = ReturnType<typeof html>

/** The content of the form for a new password; after an error, with what was entered before. */
interface Reset {
  readonly token: MailToken
  readonly keepKeys: boolean
}

async function finish(
  language: PageLanguage,
  done: { readonly title: string; readonly next: string },
  work: () => Promise<void>,
  again?: Reset,
): Promise<Response> {
  const { failed, reset } = pageTexts[language]
  try {
    await work()
    return page(language, 200, done.title, html`<p>${done.next}</p>`)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.reason === 'password-invalid' && again !== undefined) {
      return page(language, 400, reset.title, resetForm(reset, again, reset.invalid))
    }
    const reason = error.reason === 'mail-token-invalid' ? failed.tokenInvalid : failed.busy
    return page(language, error.status, failed.title, html`<p role="alert">${reason}</p>`)
  }
}

function resetForm(texts: PageTexts['reset'], { token, keepKeys }: Reset, problem?: string): Html {
  return form(
    token,
    html`<label for="password">${texts.password}</label>
      <input id="password" name="password" type="password" autocomplete="new-password" minlength="6" maxlength="128"
        aria-describedby="${problem === undefined ? 'rule' : 'problem rule'}" ${problem === undefined ? '' : raw('aria-invalid="true" autofocus')} required>
      ${problem === undefined ? '' : html`<p id="problem" class="problem" role="alert">${problem}</p>`}
      <p id="rule" class="hint">${texts.rule}</p>
      <label class="choice"><input type="checkbox" name="keepKeys" aria-describedby="keys" ${keepKeys ? raw('checked') : ''}>
        ${texts.keepKeys}</label>
      <p id="keys" class="hint">${texts.keysDisabled}</p>
      <button>${texts.button}</button>`,
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

async function page(language: PageLanguage, status: number, title: string, content: Html): Promise<Response> {
  const text = await html`<!doctype html>
<html lang="${language}">
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
      Vary: 'Accept-Language',
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

function tokenInLink({ req }: Call): MailToken {
  return { tokenId: req.query('tokenId') ?? '', token: req.query('token') ?? '' }
}
