/** Decides from a field's label and attributes whether it asks for a key. */

type Field = HTMLInputElement | HTMLTextAreaElement

const forKeys =
  /\b(keys?|tokens?|secrets?|bearer|authori[sz]ation|pat|credentials?|x api key|apikey|accesskey|authtoken|accesstoken|apitoken|secretkey)\b/
/** Together with one of these words, `key` and `token` mean something else. */
const forOther =
  /\b(key ?words?|keyboard|search|filter|query|otp|one time|verification|captcha|recaptcha|2fa|mfa|totp|authenticator|coupon|promo|gift|voucher|card|public key|csrf|xsrf|(key|token|secret|credential)s? (name|id|label|description|note|title|type|prefix)|(name|label|description|title) of|e ?mail|user ?name|phone|address)\b/
const forNewPassword =
  /\b(new|confirm|repeat|retype|again|choose|create) (a |your |the )?pass(word|phrase|code)?\b|\bpassword (again|confirmation)\b/
/** The same in German, which has compound words: *Zugangsschlüssel* is a key, *Schlüsselwort* is a keyword. Written without umlauts. */
const forKeysInGerman = /\b([a-z]*schlussels?|[a-z]*geheimnis(ses)?|[a-z]*token|zugangsdaten|anmeldedaten)\b/
const forOtherInGerman =
  /\b(offentlicher? [a-z]*schlussel|schlusselworte?r?|suchen?|[a-z]*suche|suchbegriff|filtern|abfrage|einmal[a-z]*|bestatigungs[a-z]*|verifizierungs[a-z]*|gutschein[a-z]*|rabatt[a-z]*|karten[a-z]*|[a-z]*schlussel ?(name|id|bezeichnung|beschreibung|typ)|[a-z]*token ?(name|id|bezeichnung|beschreibung|typ)|(name|bezeichnung|beschreibung|titel) (des|der|fur) .*|benutzername|[a-z]*adresse|telefon[a-z]*)\b/
const forNewPasswordInGerman = /\b(neue[sn]? (passwort|kennwort)|(passwort|kennwort) (bestatigen|wiederholen|wahlen|erneut))\b/
const takenByOther =
  /\b(username|email|one-time-code|new-password|tel[a-z-]*|cc-[a-z-]+|(given|family|additional)-name|name|bday[a-z-]*|street-address|postal-code|url|photo|sex|language)\b/

/** In characters. */
export const maxLabelLength = 60

/** A field's label, as shown to the user. */
export function labelOf(field: Field): string {
  const root = field.getRootNode() as Document | ShadowRoot
  const byId = (field.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => (id === '' ? null : root.getElementById(id)))
  const written = [
    ...byId.map((element) => element?.textContent),
    field.getAttribute('aria-label'),
    ...[...(field.labels ?? [])].map((label) => label.textContent),
    field.placeholder,
    field.title,
    field.name,
    field.id,
  ]
  const [first = ''] = written.map((text) => (text ?? '').replace(/\s+/g, ' ').trim()).filter((text) => text !== '')
  return first.slice(0, maxLabelLength)
}

/** `key`: the field asks for a key. `other`: it asks for something else. */
export function meaningOf(field: Field): 'key' | 'other' | null {
  const autocomplete = field.getAttribute('autocomplete') ?? ''
  const description = describingText(field)
  if (takenByOther.test(autocomplete)) return 'other'
  if ([forNewPassword, forNewPasswordInGerman, forOther, forOtherInGerman].some((other) => other.test(description))) return 'other'
  return forKeys.test(description) || forKeysInGerman.test(description) ? 'key' : null
}

/**
 * Splits names from code into words: `x-api-key`, `apiKey` and `API_KEY` become the same. Accents and umlauts are removed: `ü` becomes `u`.
 */
export function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, ' ')
    .trim()
}

function describingText(field: Field): string {
  const labels = [...(field.labels ?? [])].map((label) => label.textContent ?? '')
  const attributes = ['name', 'id', 'placeholder', 'aria-label', 'title'].map((name) => field.getAttribute(name) ?? '')
  // The full stop keeps phrases from matching across two parts.
  return [labelOf(field), ...labels, ...attributes].map(plainWords).join(' . ')
}
