// Owns taking back what a scan typed into a field before it was known to be a scan: the first characters, an input method's candidates.
// It refuses to decide what is a scan. It touches only text fields, and tells the page of the change as a person's input would.

type TextField = HTMLInputElement | HTMLTextAreaElement

export type FieldSnapshot = { restore(): void }

/** Remembers the focused text field as it is now; undefined where no text field has the focus. */
export function takeFieldSnapshot(target: Window): FieldSnapshot | undefined {
  const field = findFocusedField(target.document)
  if (field === undefined) return undefined
  const value = field.value
  return {
    restore() {
      // Leaving the field first ends an input method's composition, which would otherwise write over what is restored.
      field.blur()
      if (field.value === value) return
      writeValue(field, value)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    },
  }
}

export function isFieldFocused(target: Window): boolean {
  return findFocusedField(target.document) !== undefined
}

function findFocusedField(page: Document): TextField | undefined {
  const view = page.defaultView
  const focused = page.activeElement
  if (view === null || focused === null) return undefined
  const isTextArea = focused instanceof view.HTMLTextAreaElement
  return isTextArea || focused instanceof view.HTMLInputElement ? focused : undefined
}

/** By the prototype's own setter: a framework that watches the element's property would take a plain assignment for its own. */
function writeValue(field: TextField, value: string): void {
  if (!Reflect.set(Object.getPrototypeOf(field), 'value', value, field)) throw new Error('a text field that takes no value')
}
