/// <reference types="vite/client" />

// The station's mark: a file of resources/icons, drawn by us. Without one (or before the station told its brand) a house
// with a heart stands for 博爱. Never a red cross: that emblem is protected.

const MARKS = import.meta.glob<string>('../../resources/icons/*.svg', { eager: true, query: '?url', import: 'default' })

export function BrandMark({ mark }: { mark: string | null }) {
  const url = mark === null ? undefined : MARKS[`../../resources/icons/${mark}.svg`]
  if (url !== undefined) return <img className="head-mark" src={url} alt="" draggable={false} />
  return (
    <svg className="head-mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path className="mark-ground" d="M24 3 44 18v24a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4V18L24 3Z" />
      <path className="mark-heart" d="M24 38C13 31 11 26.500 11 23a6.500 6.500 0 0 1 13-2 6.500 6.500 0 0 1 13 2c0 3.500-2 8-13 15Z" />
    </svg>
  )
}
