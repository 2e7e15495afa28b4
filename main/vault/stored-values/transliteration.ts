/** Letters that lose their sense when only their marks are taken away, as ASCII writes them; in their order, one word for each. */
const alphabets: readonly (readonly [letters: string, ascii: string])[] = [
  // Cyrillic, as passports and maps have it.
  ['абвгдеёжзийклмнопрстуфхцчшщъыьэюя', 'a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya'],
  ['іїєґўђјљњћџѓќѕ', 'i yi ye g u dj j lj nj c dz gj kj dz'],
  // Greek, its final sigma too.
  ['αβγδεζηθικλμνξοπρσςτυφχψω', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'],
  // Latin letters that are no other letter with a mark.
  ['ßæœøłđðþħıĸŋŧ', 'ss ae oe o l d d th h i k n t'],
]

const letters = new Map(
  alphabets.flatMap(([from, to]) => {
    const ascii = to.split(' ')
    return [...from].map((letter, at): [string, string] => [letter, (ascii[at] ?? '').replace('-', '')])
  }),
)

/** @returns the text with such letters as a person would type them on a plain keyboard; others stay as they are */
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

/** As of the Greek vowels with an accent. */
function withoutMarks(letter: string): string {
  return letter.normalize('NFD').replace(/\p{M}/gu, '')
}
