// Between the page and the window's own process: what preload puts into the page, and the three channel names, in this one
// place. The wire itself is a MessagePort that carries frames as strings (kiosk-frames.ts) and, to the page, one boolean:
// whether the station runs. Nothing here is of use to a page in a plain browser, which has a web socket instead.

/** `window.boaiBridge`. A second `connect` takes the place of the first. */
export type BoaiBridge = {
  connect(onText: (text: string) => void, onState: (up: boolean) => void): { send(text: string): void }
}

export const WINDOW_CHANNELS = {
  /** The page hands over its end of the port. */
  screen: 'boai:screen',
  /** The window asks whether the page still turns its event loop; the page answers. */
  ping: 'boai:ping',
  pong: 'boai:pong',
} as const
