// Runs inside the page: measures the screen that is shown and returns its faults as sentences. Self-contained, because it
// is sent to the browser as its own source.

export function measureScreen({ lowReach }: { lowReach: boolean }): string[] {
  const TOUCH_MM = 20
  const PRIMARY_MM = 28
  const KEY_MM = 18
  const GAP_MM = 3
  const FONT_MM = 6.8
  const CONTRAST_MIN = 7
  const SLACK_PX = 1.5

  const faults: string[] = []
  const read = new Map<string, [number, number, number, number]>()
  const root = document.querySelector<HTMLElement>('.kiosk')
  if (root === null) return ['no screen']
  const mm = Number.parseFloat(getComputedStyle(root).getPropertyValue('--mm'))
  const cover = root.querySelector<HTMLElement>('.cover')
  const scope = cover ?? root

  const nameOf = (element: Element): string => {
    const words = (element.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 24)
    return `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${words}"`
  }
  const isShown = (element: Element): boolean => {
    const box = element.getBoundingClientRect()
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden'
  }

  // ── nothing cut, nothing outside its part of the screen ──
  const frameOf = (element: Element): Element | null => element.closest('.frame-head, .frame-read, .frame-touch, .frame-act, .frame-foot, .cover')
  for (const [element, box] of textBoxes(scope)) {
    const panel = frameOf(element)
    const notice = element.closest('.notice')
    const around = (notice ?? panel ?? root).getBoundingClientRect()
    const out = Math.max(around.left - box.left, box.right - around.right, around.top - box.top, box.bottom - around.bottom)
    if (out > SLACK_PX) faults.push(`${nameOf(element)} stands ${(out / mm).toFixed(1)} mm out of its part of the screen`)
    const cutter = element.closest('.training-date, .calendar-day, .training-row, .arrival, .goods-card, .take-line, .button, .chip, .foot-button, .pager-button, .key, .counted-row, .entry, .confirm-line, .offers, .turning, .scan-call, .tile, .note, .sync-item, .redemption-row, .weigh-line, .set-up-line, .for-staff, .works-line, .health-line')
    if (cutter !== null) {
      const whole = cutter.getBoundingClientRect()
      const cut = Math.max(whole.left - box.left, box.right - whole.right, whole.top - box.top, box.bottom - whole.bottom)
      if (cut > SLACK_PX) faults.push(`${nameOf(element)} is cut ${(cut / mm).toFixed(1)} mm by ${cutter.getAttribute('class') ?? ''}`)
    }
  }

  for (const element of scope.querySelectorAll('button, li, section, .item-picture')) {
    const panel = frameOf(element)
    if (panel === null || !isShown(element)) continue
    const box = element.getBoundingClientRect()
    const around = panel.getBoundingClientRect()
    const out = Math.max(around.left - box.left, box.right - around.right, around.top - box.top, box.bottom - around.bottom)
    if (out > SLACK_PX) faults.push(`${nameOf(element)} reaches ${(out / mm).toFixed(1)} mm out of its part of the screen`)
  }

  // ── no line ends within a word: in a large saying no Chinese one either ──
  const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
  for (const element of scope.querySelectorAll('.display, .said-what')) if (isShown(element)) for (const word of segmenter.segment(element.textContent ?? '')) if (word.isWordLike === true) checkWord(element, word.index, word.segment)
  for (const element of scope.querySelectorAll('*')) {
    if (element.childNodes.length === 0 || !isShown(element) || element.closest('.written, .address-shown, .spoken-only') !== null) continue
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue
      for (const word of (node.textContent ?? '').matchAll(/[A-Za-z]{3,}/g)) checkRange(element, node, word.index, node, word.index + word[0].length, word[0])
    }
  }

  // ── no text upon text ──
  const boxes = textBoxes(scope)
  for (let one = 0; one < boxes.length; one += 1) {
    for (let other = one + 1; other < boxes.length; other += 1) {
      const [element, a] = boxes[one] as [Element, DOMRect]
      const [against, b] = boxes[other] as [Element, DOMRect]
      if (element === against || element.contains(against) || against.contains(element) || element.closest('.notice') !== against.closest('.notice')) continue
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      if (wide > 0.5 * mm && high > 0.5 * mm) faults.push(`${nameOf(element)} lies on ${nameOf(against)}`)
    }
  }

  // ── what is told keeps off the bar below ──
  const foot = scope.querySelector('.frame-foot')?.getBoundingClientRect()
  for (const note of [...scope.querySelectorAll<HTMLElement>('.frame-read .note')].filter(isShown)) {
    const apart = (foot?.top ?? Number.POSITIVE_INFINITY) - note.getBoundingClientRect().bottom
    if (apart < GAP_MM * mm - 0.6) faults.push(`${nameOf(note)} is ${(apart / mm).toFixed(1)} mm above the bar`)
  }

  // ── touch ──
  const touchables = [...scope.querySelectorAll<HTMLElement>('button, a[href], [role="button"]')].filter(isShown)
  const middle = window.innerHeight / 2
  for (const element of touchables) {
    const box = element.getBoundingClientRect()
    const least = element.classList.contains('key') ? KEY_MM : TOUCH_MM
    if (!hasFace(element)) faults.push(`${nameOf(element)} has nothing on it (${element.dataset['key'] ?? element.dataset['role'] ?? ''})`)
    if (box.width < least * mm - 0.5 || box.height < least * mm - 0.5) faults.push(`${nameOf(element)} is ${(box.width / mm).toFixed(1)} × ${(box.height / mm).toFixed(1)} mm`)
    if (element.dataset['kind'] === 'primary' && box.height < PRIMARY_MM * mm - 0.5) faults.push(`${nameOf(element)} is primary and ${(box.height / mm).toFixed(1)} mm high`)
    if (box.left < -0.5 || box.top < -0.5 || box.right > window.innerWidth + 0.5 || box.bottom > window.innerHeight + 0.5) faults.push(`${nameOf(element)} leaves the panel`)
    if (lowReach && box.top < middle - 0.5) faults.push(`${nameOf(element)} begins ${((middle - box.top) / mm).toFixed(1)} mm above the middle`)
  }
  for (let one = 0; one < touchables.length; one += 1) {
    for (let other = one + 1; other < touchables.length; other += 1) {
      const a = (touchables[one] as HTMLElement).getBoundingClientRect()
      const b = (touchables[other] as HTMLElement).getBoundingClientRect()
      const across = Math.max(a.left - b.right, b.left - a.right)
      const down = Math.max(a.top - b.bottom, b.top - a.bottom)
      if (Math.max(across, down) < GAP_MM * mm - 0.6) faults.push(`${nameOf(touchables[one] as HTMLElement)} and ${nameOf(touchables[other] as HTMLElement)} are ${(Math.max(across, down) / mm).toFixed(1)} mm apart`)
    }
  }

  // ── type and contrast ──
  const told = new Set<string>()
  for (const [element] of boxes) {
    const style = getComputedStyle(element)
    const size = Number.parseFloat(style.fontSize) / mm
    if (size < FONT_MM) faults.push(`${nameOf(element)} is set in ${size.toFixed(1)} mm`)
    const ground = groundOf(element)
    const ratio = contrast(channels(style.color), ground)
    const key = `${style.color} on ${ground.join(' ')}`
    if (ratio < CONTRAST_MIN && !told.has(key)) {
      told.add(key)
      faults.push(`${nameOf(element)} has a contrast of ${ratio.toFixed(2)} (${key})`)
    }
  }
  return faults

  function checkWord(element: Element, from: number, word: string): void {
    const start = placeOf(element, from)
    const end = placeOf(element, from + word.length - 1)
    if (start !== null && end !== null) checkRange(element, start[0], start[1], end[0], end[1] + 1, word)
  }

  function checkRange(element: Element, start: Node, from: number, end: Node, to: number, word: string): void {
    const range = document.createRange()
    range.setStart(start, from)
    range.setEnd(end, to)
    const tops = new Set([...range.getClientRects()].filter(({ width }) => width > 0.5).map(({ top }) => Math.round(top / mm)))
    if (tops.size > 1) faults.push(`${nameOf(element)} breaks its line within ${word}`)
  }

  /** The text node and the place in it of a place in the whole text. */
  function placeOf(element: Element, place: number): [Node, number] | null {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    let left = place
    while (walker.nextNode() !== null) {
      const length = walker.currentNode.textContent?.length ?? 0
      if (left < length) return [walker.currentNode, left]
      left -= length
    }
    return null
  }

  function hasFace(element: Element): boolean {
    return textBoxes(element).length > 0 || [...element.querySelectorAll('.icon, svg, img')].some(isShown)
  }

  /** Each line of text with the box its glyphs take: the font's own line is higher than its hanzi by 0.45 em. */
  function textBoxes(within: Element): [Element, DOMRect][] {
    const found: [Element, DOMRect][] = []
    const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT)
    while (walker.nextNode() !== null) {
      const node = walker.currentNode
      const parent = node.parentElement
      if (parent === null || (node.textContent ?? '').trim() === '' || parent.closest('.spoken-only') !== null || !isShown(parent)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const line of range.getClientRects()) {
        const below = /^[\d,.−+\s]+$/.test(node.textContent ?? '') ? 0.2 : /^[gjpqy]$/.test(node.textContent ?? '') ? 0.05 : 0.1
        if (line.width > 0) found.push([parent, new DOMRect(line.left, line.top + line.height * 0.19, line.width, line.height * (0.81 - below))])
      }
    }
    return found
  }

  /** A canvas reads every way of writing a colour; it is asked once for each, as it is what takes longest here. */
  function channels(colour: string): [number, number, number, number] {
    const known = read.get(colour)
    if (known !== undefined) return known
    const channelsOf = readColour(colour)
    read.set(colour, channelsOf)
    return channelsOf
  }

  function readColour(colour: string): [number, number, number, number] {
    const canvas = document.createElement('canvas')
    canvas.width = 1
    canvas.height = 1
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.fillStyle = colour
    context.fillRect(0, 0, 1, 1)
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data
    return [red ?? 0, green ?? 0, blue ?? 0, (alpha ?? 0) / 255]
  }

  function groundOf(element: Element): [number, number, number, number] {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor)
      if (colour[3] > 0.99) return colour
    }
    return [255, 255, 255, 1]
  }

  function contrast(one: readonly number[], other: readonly number[]): number {
    const light = (colour: readonly number[]): number => {
      const linear = (channel: number): number => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4)
      return 0.2126 * linear(colour[0] ?? 0) + 0.7152 * linear(colour[1] ?? 0) + 0.0722 * linear(colour[2] ?? 0)
    }
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b) as [number, number]
    return (high + 0.05) / (low + 0.05)
  }
}
