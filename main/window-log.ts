// Owns the window's own log lines: one JSON object a line on stderr, where the station's lines go too. It refuses free text
// from the page: nothing a rider typed or scanned passes through here.

export type Say = (event: string, details?: Readonly<Record<string, string | number | boolean | null>>) => void

export const say: Say = (event, details = {}) => {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), from: 'window', event, ...details })}\n`)
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
