/** Words by number, and numbers, as a language writes them. */
export interface Forms {
  /** As `3 keys`: the number, then the noun's form for it. */
  count(amount: number, noun: Nouns): string
  /** The form alone. */
  form(amount: number, noun: Nouns): string
  number(amount: number): string
  /** As `a, b and c`. */
  list(items: readonly string[]): string
}

/** The forms a language has, by `Intl.PluralRules`; `other` stands for those that are left out. */
export type Nouns = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

/** @param locale BCP 47, as `en-GB` */
export function formsOf(locale: string): Forms {
  const [rules, numbers, lists] = [new Intl.PluralRules(locale), new Intl.NumberFormat(locale), new Intl.ListFormat(locale)]
  const form = (amount: number, noun: Nouns): string => noun[rules.select(amount)] ?? noun.other
  return {
    form,
    count: (amount, noun) => `${numbers.format(amount)} ${form(amount, noun)}`,
    number: (amount) => numbers.format(amount),
    list: (items) => lists.format(items),
  }
}
