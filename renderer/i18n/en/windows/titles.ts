/** Titles of the windows. */
export const titles = { prompt: 'Latchkey asks', palette: 'Latchkey: find a key' }
