/** Plurals, numbers and lists, as a language writes them. */
export interface Forms {
  /** As `3 keys`: the number and the noun in its plural form. */
  count(amount: number, noun: Nouns): string
  /** The plural form without the number. */
  form(amount: number, noun: Nouns): string
  number(amount: number): string
  /** As `a, b and c`. */
  list(items: readonly string[]): string
}

/** The plural forms of a noun, by `Intl.PluralRules`. `other` is used for missing ones. */
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
