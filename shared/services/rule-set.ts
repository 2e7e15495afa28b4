/** Betterleaks: a public list of how keys look. The source of lengths and alphabets that a service issues but does not document. */
export const ruleSet = 'https://github.com/betterleaks/betterleaks'
