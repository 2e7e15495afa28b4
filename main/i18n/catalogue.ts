import type { en } from './en.ts'

/** Main's own texts in one language. English is the model: a translation that lacks a text does not compile. */
export type MainCatalogue = typeof en
