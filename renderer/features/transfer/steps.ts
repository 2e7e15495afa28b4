/** Which step of the transfer dialog is shown: the choice, or one of the four tasks. */
export type Step = 'choice' | 'back-up' | 'verify-backup' | 'import' | 'export'
