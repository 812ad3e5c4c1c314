/// <reference types="vite/client" />

// A drawn thing on its quiet ground. Decorative: the name always stands beside it. An unknown picture shows a box, never a
// broken image.

import type { ShelfEntry } from '../../contract/kiosk/kiosk-view.ts'
import { Icon } from './icons.tsx'

const PICTURES = import.meta.glob<string>('../../resources/items/*.svg', { eager: true, query: '?url', import: 'default' })

export function ItemPicture({ picture, tint }: { picture: string; tint: ShelfEntry['tint'] }) {
  const url = PICTURES[`../../resources/items/${picture}`]
  return (
    <span className="item-picture" data-tint={tint}>
      {url === undefined ? <Icon name="box" /> : <img src={url} alt="" draggable={false} />}
    </span>
  )
}
