// What a browser's page says of itself while a test uses it, and what axe finds in it.

import type { Page } from 'playwright'
import { axeViolations } from './axe.ts'

/** Errors of its scripts, dialogs that a script opened, and whatever it writes to its console as an error go into `problems`. */
export function hearPage(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('dialog', (dialog) => problems.push(`a dialog: ${dialog.message()}`))
  page.on('console', (message) => {
    // A refusal is answered with its status, which Chromium calls an error of the network.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(message.text())
  })
}

/** Serious and critical ones, each with its places. */
export async function faultsOf(page: Page): Promise<string[]> {
  const violations = await axeViolations(page)
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))
}
