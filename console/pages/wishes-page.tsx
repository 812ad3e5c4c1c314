// Wishes: how long each category waits, all of them in a table, and one with its history.

import type { ReactNode } from 'react'
import { WISH_STATES, type WishLineRow, wishesDoor, wishFiguresDoor } from '../../contract/console/wishes.ts'
import { WISH_CATEGORIES } from '../../contract/kiosk/wish-view.ts'
import { hrefOf } from '../app/route.ts'
import { useDoor } from '../app/session.tsx'
import { BarList } from '../parts/bar-list.tsx'
import { Chip, Loading, PageHead, RefusalSaid, type Tone } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { useWords } from '../text/language.tsx'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { wishWords } from '../text/wish-words.ts'
import { type OfficePage, STAFF } from './office-page.ts'
import { WishPage } from './wish-page.tsx'

export const WISH_TONES: Record<string, Tone> = { in_review: 'warm', asked_back: 'warm', open: 'warm', claimed: 'good', fulfilled: 'good', confirmed: 'good', refused: 'plain', withdrawn: 'plain' }

function WishesPage({ rest }: { rest: readonly string[] }): ReactNode {
  const [wish] = rest
  return wish === undefined ? <AllWishes /> : <WishPage wish={wish} />
}

function columnsOf(said: TextOf<typeof wishWords>, { of, time, frame }: Tell): Column<WishLineRow>[] {
  return [
    { id: 'posted', heading: said.posted, sort: 'posted', out: 'postedAtMs', show: ({ id, postedAtMs }) => <a href={hrefOf('wishes', id)}>{time(postedAtMs)}</a> },
    { id: 'category', heading: said.category, out: { key: 'category', words: said.categories }, show: ({ category }) => said.categories[category] },
    { id: 'text', heading: said.text, out: 'text', show: ({ text }) => (text === null ? <span className="hint">{said.notShown}</span> : <span dir="auto">{text}</span>) },
    {
      id: 'state', heading: said.state, out: { key: 'state', words: said.states },
      show: ({ state, again }) => (
        <>
          <Chip tone={WISH_TONES[state] ?? 'plain'}>{said.states[state]}</Chip>
          {again && state === 'open' && <Chip tone="bad">{said.again}</Chip>}
        </>
      ),
    },
    { id: 'station', heading: said.station, out: 'station', show: ({ station }) => (station === null ? said.phone : of(station)) },
    { id: 'by', heading: said.by, show: ({ by }) => (by.length === 0 ? frame.nothing : by.map(of).join(', ')) },
    { id: 'until', heading: said.until, out: 'untilMs', show: ({ untilMs }) => time(untilMs) },
    { id: 'changed', heading: said.changed, sort: 'changed', out: 'changedAtMs', show: ({ changedAtMs }) => time(changedAtMs) },
  ]
}

function AllWishes(): ReactNode {
  const said = useWords(wishWords)
  const tell = useTell()
  const table = useTable(wishesDoor, { descending: true })
  return (
    <>
      <PageHead title={said.title} />
      <Figures />
      <TableOf
        door={wishesDoor} table={table} label={said.title} searchLabel={said.search} rowKey={({ id }) => id} columns={columnsOf(said, tell)}
        filters={[
          { id: 'state', label: said.state, choices: WISH_STATES.map((value) => ({ value, label: said.states[value] })) },
          { id: 'category', label: said.category, choices: WISH_CATEGORIES.map((value) => ({ value, label: said.categories[value] })) },
        ]}
      />
    </>
  )
}

function Figures(): ReactNode {
  const said = useWords(wishWords)
  const { answer, error, again } = useDoor(wishFiguresDoor, {})
  if (answer === null) return error === null ? <Loading /> : <RefusalSaid error={error} again={again} />
  const counts = ['posted', 'inReview', 'open', 'claimed', 'lit'] as const
  const headings = { posted: said.postedCount, inReview: said.inReview, open: said.open, claimed: said.claimed, lit: said.lit }
  return (
    <section aria-labelledby="wish-figures">
      <h2>{said.byState}</h2>
      <BarList
        label={said.byState}
        bars={counts.slice(1).map((name) => {
          const value = answer.categories.reduce((sum, row) => sum + row[name], 0)
          return { key: name, name: headings[name], value, shown: String(value), tone: name === 'lit' ? 'good' : 'warm' }
        })}
      />
      <h2 id="wish-figures">{said.figures}</h2>
      <p className="lead">{said.figuresLead}</p>
      <div className="table-scroll" tabIndex={0} role="region" aria-labelledby="wish-figures">
        <table>
          <thead>
            <tr>
              <th scope="col">{said.category}</th>
              {counts.map((name) => (
                <th key={name} scope="col" data-kind="number">
                  {headings[name]}
                </th>
              ))}
              <th scope="col" data-kind="number">{said.toClaim}</th>
              <th scope="col" data-kind="number">{said.toLight}</th>
              <th scope="col" data-kind="number">{said.lapsed}</th>
            </tr>
          </thead>
          <tbody>
            {answer.categories.map((row) => (
              <tr key={row.category}>
                <td data-heading={said.category}>{said.categories[row.category]}</td>
                {counts.map((name) => (
                  <td key={name} data-heading={headings[name]} data-kind="number">
                    {row[name]}
                  </td>
                ))}
                <td data-heading={said.toClaim} data-kind="number">{said.days(row.daysToClaim)}</td>
                <td data-heading={said.toLight} data-kind="number">{said.days(row.daysToLight)}</td>
                <td data-heading={said.lapsed} data-kind="number">{row.lapsed}</td>
              </tr>
            ))}
            <tr>
              <td data-heading={said.category}>
                <strong>{said.all}</strong>
              </td>
              {counts.map((name) => (
                <td key={name} data-heading={headings[name]} data-kind="number">
                  {answer.categories.reduce((sum, row) => sum + row[name], 0)}
                </td>
              ))}
              <td data-heading={said.toClaim} data-kind="number">{said.days(answer.all.daysToClaim)}</td>
              <td data-heading={said.toLight} data-kind="number">{said.days(answer.all.daysToLight)}</td>
              <td data-heading={said.lapsed} data-kind="number">{answer.all.lapsed}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  )
}

export const wishesPage: OfficePage = { path: 'wishes', title: wishWords, group: 'people', door: 'wishes', roles: STAFF, Show: WishesPage }
