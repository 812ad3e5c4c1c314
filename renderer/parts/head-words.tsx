// The top line of a screen: its question or the person it speaks to, and one quiet line under it.

import type { ReactNode } from 'react'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import { BrandMark } from '../brand/brand-mark.tsx'
import type { Catalogue } from '../text/catalogue.ts'

export function HeadWords({ title, sub, mark }: { title: string; sub?: ReactNode; mark?: ReactNode }) {
  return (
    <>
      {mark}
      <div className="head-words">
        <h1 className="head-title">{title}</h1>
        {sub === undefined || sub === null ? null : <p className="head-sub">{sub}</p>}
      </div>
    </>
  )
}

/** Where this is: the station's own name under its mark, or the product's until the station has told it. */
export function StationHead({ view, text, level }: { view: KioskView | null; text: Catalogue; level: 1 | 2 }) {
  const station = view?.station ?? null
  const name = station === null ? text.parts.product : text.of(station.name)
  const Title = level === 1 ? 'h1' : 'p'
  return (
    <>
      <BrandMark mark={station?.brand.mark ?? null} />
      <div className="head-words">
        <Title className="head-title">{name}</Title>
        {station === null ? null : <p className="head-sub">{text.of(station.brand.programme)}</p>}
      </div>
    </>
  )
}
