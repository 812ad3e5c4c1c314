// What stands around every page: whose office it is, the pages of one's role, language, signing out.

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { hrefOf } from '../app/route.ts'
import { useSession, useWho } from '../app/session.tsx'
import type { OfficePage } from '../pages/office-page.ts'
import { frameWords } from '../text/frame-words.ts'
import { useLanguage, useOf, useWords } from '../text/language.tsx'

const GROUPS = ['today', 'people', 'goods', 'office'] as const

export function LanguageButton(): ReactNode {
  const frame = useWords(frameWords)
  const { language, change } = useLanguage()
  return (
    <button type="button" className="button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => change(language === 'zh' ? 'en' : 'zh')}>
      {frame.language}
    </button>
  )
}

export function BrandLine(): ReactNode {
  const frame = useWords(frameWords)
  return (
    <p className="brand">
      <span className="brand-mark" aria-hidden="true" />
      <span>
        <strong>{frame.product}</strong> {frame.office}
      </span>
    </p>
  )
}

export function Frame({ pages, path, children }: { pages: readonly OfficePage[]; path: string; children: ReactNode }): ReactNode {
  const frame = useWords(frameWords)
  const of = useOf()
  const who = useWho()
  const { end } = useSession()
  const { language } = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const main = useRef<HTMLElement>(null)
  const page = pages.find((one) => one.path === path)
  useEffect(() => {
    document.title = `${page === undefined ? '' : `${page.title[language].title} · `}${frame.product} ${frame.office}`
  }, [page, language, frame])
  return (
    <div className="frame">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {frame.skip}
      </button>
      <header className="top">
        <BrandLine />
        <button type="button" className="button menu-button" aria-expanded={isOpen} aria-controls="pages" onClick={() => setOpen(!isOpen)}>
          {frame.menu}
        </button>
      </header>
      <nav id="pages" className="side" data-open={isOpen ? '' : undefined} aria-label={frame.pages}>
        {GROUPS.map((group) => {
          const listed = pages.filter((one) => one.group === group)
          if (listed.length === 0) return null
          return (
            <div key={group} className="side-group">
              <h2>{frame.group[group]}</h2>
              <ul>
                {listed.map((one) => (
                  <li key={one.path}>
                    <a href={hrefOf(one.path)} aria-current={one.path === path ? 'page' : undefined} onClick={() => setOpen(false)}>
                      {one.title[language].title}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          )
        })}
        <div className="side-who">
          <p>
            <strong>{who.name}</strong>
            <span>{frame.role[who.role]}</span>
            <span>{of(who.station?.name ?? who.partner?.name ?? who.district.name)}</span>
          </p>
          <div className="side-acts">
            <LanguageButton />
            <button type="button" className="button" onClick={() => void end()}>
              {frame.signOut}
            </button>
          </div>
          <p className="keys">{frame.keys}</p>
        </div>
      </nav>
      <main ref={main} tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}
