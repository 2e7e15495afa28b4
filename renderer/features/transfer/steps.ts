/** What of moving is on the screen: the choice, or one of the four. */
export type Step = 'choice' | 'back-up' | 'drill' | 'import' | 'export'
