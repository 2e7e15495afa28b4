const en = {
  confirm: { title: 'Confirm your e-mail address', button: 'Confirm' },
  confirmed: { title: 'Your e-mail address is confirmed', next: 'You can sign in now.' },
  reset: {
    title: 'Choose a new password',
    password: 'New password',
    rule: '6 to 128 characters.',
    invalid: 'That password is too short or too long.',
    keepKeys: 'Keep my API keys working',
    keysDisabled:
      'Without this, all API keys of this account are disabled, in case somebody else had the password and made one. You can enable yours again in the app.',
    button: 'Change password',
  },
  changed: {
    title: 'Your password is changed',
    keysKept: 'Sign in with the new one. Everybody who was signed in with the old one is signed out. The API keys go on working.',
    keysDisabled:
      'Sign in with the new one. Everybody who was signed in with the old one is signed out, and the API keys are disabled: enable those that are yours.',
  },
  failed: {
    title: 'That did not work',
    tokenInvalid:
      'This link was used already or is older than 30 minutes. Try to sign in in the app: where that is refused, it can have a new one sent.',
    busy: 'The server is busy. Please try again in a minute.',
  },
}

export type PageTexts = typeof en

const de: PageTexts = {
  confirm: { title: 'Ihre E-Mail-Adresse bestätigen', button: 'Bestätigen' },
  confirmed: { title: 'Ihre E-Mail-Adresse ist bestätigt', next: 'Sie können sich jetzt anmelden.' },
  reset: {
    title: 'Ein neues Passwort wählen',
    password: 'Neues Passwort',
    rule: '6 bis 128 Zeichen.',
    invalid: 'Dieses Passwort ist zu kurz oder zu lang.',
    keepKeys: 'Meine API-Schlüssel gelten weiter',
    keysDisabled:
      'Ohne dies werden alle API-Schlüssel dieses Kontos deaktiviert, falls jemand anderes das Passwort hatte und einen angelegt hat. Ihre können Sie in der App wieder aktivieren.',
    button: 'Passwort ändern',
  },
  changed: {
    title: 'Ihr Passwort ist geändert',
    keysKept: 'Melden Sie sich mit dem neuen an. Wer mit dem alten angemeldet war, ist abgemeldet. Die API-Schlüssel gelten weiter.',
    keysDisabled:
      'Melden Sie sich mit dem neuen an. Wer mit dem alten angemeldet war, ist abgemeldet, und die API-Schlüssel sind deaktiviert: Aktivieren Sie die, die Ihre sind.',
  },
  failed: {
    title: 'Das hat nicht geklappt',
    tokenInvalid:
      'Dieser Link wurde schon benutzt oder ist älter als 30 Minuten. Melden Sie sich in der App an: Wird das abgelehnt, kann sie einen neuen senden lassen.',
    busy: 'Der Server ist ausgelastet. Versuchen Sie es in einer Minute noch einmal.',
  },
}

/** The texts of the pages behind mailed links, by language. The first is for browsers that ask for none of them. */
export const pageTexts = { en, de } as const satisfies Record<string, PageTexts>
export type PageLanguage = keyof typeof pageTexts
