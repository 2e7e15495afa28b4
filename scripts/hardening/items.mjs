/**
 * @typedef {object} Item of the list
 * @property {string} number as it stands at the end of the titles of its tests
 * @property {string} says
 * @property {string} how it is tried
 * @property {string[]} [files] tests that are all of this item, whatever their titles
 * @property {Partial<Record<NodeJS.Platform, string>>} [not] why it is not there on a platform
 */

/** @type {Item[]} */
export const items = [
]
