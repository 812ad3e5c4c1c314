/// <reference types="vite/client" />

// The station's mark: a file of resources/icons whose ground takes the brand's colour and whose white stays white, drawn by
// masks so that one file serves every brand, day and night. Never a red cross: that emblem is protected; a heart in a house
// stands for 博爱.

const MARKS = import.meta.glob<string>('../../resources/icons/*.svg', { eager: true, query: '?url', import: 'default' })
const MARK_DEFAULT = 'house-heart'

export function BrandMark({ mark }: { mark: string | null }) {
  const url = MARKS[`../../resources/icons/${mark ?? MARK_DEFAULT}.svg`] ?? MARKS[`../../resources/icons/${MARK_DEFAULT}.svg`]
  if (url === undefined) return null
  const style = { maskImage: `url("${url}")` }
  return (
    <span className="head-mark" aria-hidden="true">
      <span className="mark-ground" style={style} />
      <span className="mark-white" style={style} />
    </span>
  )
}
