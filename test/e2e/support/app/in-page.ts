/** Functions that run in the page. Each is serialised and may use only its arguments. */

export interface Place {
  readonly x: number
  readonly y: number
}

/** The centre of the first element with that role and name, once it is at rest and not covered. */
export async function locate([role, name]: [string, string]): Promise<Place> {
  const selectors: Record<string, string> = {
    button: 'button',
    textbox: 'input',
    heading: 'h1, h2, h3',
    dialog: 'dialog, [role$="dialog"]',
  }
  const nameOf = (element: Element): string => {
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.innerText : undefined
    return element.getAttribute('aria-label') ?? label ?? (element as HTMLElement).innerText
  }
  let before = ''
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
    const element = [...document.querySelectorAll(selectors[role] ?? `[role="${role}"]`)].find((one) => nameOf(one).trim().startsWith(name))
    if (element !== undefined) {
      const { left, top, width, height } = element.getBoundingClientRect()
      const [x, y] = [left + width / 2, top + height / 2]
      const over = document.elementFromPoint(x, y)
      const free = element.contains(over) || over?.contains(element) === true
      if (before === `${x},${y}` && free) return { x, y }
      if (!free) element.scrollIntoView({ block: 'center' })
      before = `${x},${y}`
    }
    await new Promise((drawn) => requestAnimationFrame(drawn))
  }
  throw new Error(`there is no ${role} "${name}" in: ${document.body.innerText}`)
}

/** The page's text, once it matches. */
export async function untilRead([source, flags]: [string, string]): Promise<string> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
    if (new RegExp(source, flags).test(document.body.innerText)) return document.body.innerText
    await new Promise((drawn) => requestAnimationFrame(drawn))
  }
  throw new Error(`no /${source}/ in: ${document.body.innerText}`)
}
