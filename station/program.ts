// What this program calls itself at central and to whoever looks after it: its version and, where it was built in a checkout, the
// commit. The build says both (vite.station.config.ts); code that runs unbuilt is a test's.

declare const BUILT_FROM: string | undefined

export const PROGRAM = typeof BUILT_FROM === 'string' ? `boai-station ${BUILT_FROM}` : 'boai-station'
