// A number to call stays on one line: no break at its spaces and hyphens.

export function unbroken(number: string): string {
  return number.replaceAll(' ', '\u00a0').replaceAll('-', '\u2060-\u2060')
}
