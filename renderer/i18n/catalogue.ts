import type { en } from './en.ts'

/** Every text of the windows in one language. English is the model: a translation that lacks a text does not compile. */
export type Catalogue = typeof en
