// Takes from the page what a public touchscreen must not do: menus, dragging, selecting, zooming by two fingers or a wheel.

const REFUSED = ['contextmenu', 'dragstart', 'selectstart', 'gesturestart'] as const

export function calmPage(target: Window): void {
  for (const name of REFUSED) target.addEventListener(name, (event) => event.preventDefault())
  target.addEventListener('wheel', (event) => (event.ctrlKey ? event.preventDefault() : undefined), { passive: false })
  target.addEventListener('touchmove', (event) => (event.touches.length > 1 ? event.preventDefault() : undefined), { passive: false })
}
