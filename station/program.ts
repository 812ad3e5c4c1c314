// What this program calls itself at central and to whoever looks after it: its version and, where it was built in a checkout, the
// commit. The build says both (vite.station.config.ts); code that runs unbuilt is a test's.

declare const __BUILT_FROM__: string | undefined

export const PROGRAM = typeof __BUILT_FROM__ === 'string' ? `boai-station ${__BUILT_FROM__}` : 'boai-station'
