// Elements, made in one line. Texts become text nodes and attributes attributes: nothing that somebody typed is ever markup.
// Two screens' worth of pages need no library for that, and a phone on a bad network need not fetch one.

export type Child = Node | string | null | readonly Child[]

type Listeners = { [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => void }
type Value = string | number | boolean | null | undefined
export type Attributes = Listeners & { readonly [name: string]: Value | ((event: never) => void) }

export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value as EventListener)
    else if (value === true) made.setAttribute(name, '')
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value))
  }
  add(made, children)
  return made
}

/** Instead of whatever is there. */
export function fill(place: Element, ...children: readonly Child[]): void {
  place.textContent = ''
  add(place, children)
}

function add(parent: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null) continue
    if (typeof child === 'string') parent.append(document.createTextNode(child))
    else if (child instanceof Node) parent.append(child)
    else add(parent, child)
  }
}
