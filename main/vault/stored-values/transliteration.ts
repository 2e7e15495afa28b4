/** Letters whose meaning does not survive the removal of diacritics, with their ASCII spelling in the same order, separated by blanks. */
const alphabets: readonly (readonly [letters: string, ascii: string])[] = [
  // Cyrillic, as in passports and on maps.
  ['абвгдеёжзийклмнопрстуфхцчшщъыьэюя', 'a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya'],
  ['іїєґўђјљњћџѓќѕ', 'i yi ye g u dj j lj nj c dz gj kj dz'],
  // Greek, including the final sigma.
  ['αβγδεζηθικλμνξοπρσςτυφχψω', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'],
  // Latin letters that do not decompose into a letter and a diacritic.
  ['ßæœøłđðþħıĸŋŧ', 'ss ae oe o l d d th h i k n t'],
]

const letters = new Map(
  alphabets.flatMap(([from, to]) => {
    const ascii = to.split(' ')
    return [...from].map((letter, at): [string, string] => [letter, (ascii[at] ?? '').replace('-', '')])
  }),
)

/** @returns the text with such letters spelled in ASCII; other characters stay as they are */
export function transliterate(text: string): string {
  return [...text.normalize('NFC')]
    .map((letter) => {
      const ascii = letters.get(letter) ?? letters.get(withoutMarks(letter))
      if (ascii !== undefined) return ascii
      const small = letter.toLowerCase()
      const capital = small === letter ? undefined : (letters.get(small) ?? letters.get(withoutMarks(small)))
      return capital === undefined ? letter : capital.slice(0, 1).toUpperCase() + capital.slice(1)
    })
    .join('')
}

/** Removes diacritics, for example of accented Greek vowels. */
function withoutMarks(letter: string): string {
  return letter.normalize('NFD').replace(/\p{M}/gu, '')
}
