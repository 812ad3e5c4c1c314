// Riders: a table that stays quick however many there are, and one rider with cards and ledger.

import type { ReactNode } from 'react'
import { RIDER_STANDINGS, type RiderRow, ridersDoor } from '../../contract/console/riders.ts'
import { hrefOf } from '../app/route.ts'
import { useWho } from '../app/session.tsx'
import { PrintPasses } from '../parts/print-passes.tsx'
import { Chip, PageHead } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { useWords } from '../text/language.tsx'
import { riderWords } from '../text/rider-words.ts'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { HEADS, type OfficePage, STAFF } from './office-page.ts'
import { RiderPage } from './rider-page.tsx'

function RidersPage({ rest }: { rest: readonly string[] }): ReactNode {
  const [rider] = rest
  return rider === undefined ? <AllRiders /> : <RiderPage rider={rider} />
}

function columnsOf(said: TextOf<typeof riderWords>, { frame, of }: Tell): Column<RiderRow>[] {
  return [
    { id: 'name', heading: said.name, sort: 'joined', out: 'maskedName', show: ({ id, maskedName }) => <a href={hrefOf('riders', id)}>{maskedName}</a> },
    { id: 'phone', heading: said.phone, sort: 'phoneTail', out: 'phoneTail', show: ({ phoneTail }) => <span className="figures">…{phoneTail}</span> },
    { id: 'platform', heading: said.platform, out: { key: 'platform', words: said.platforms }, show: ({ platform }) => said.platforms[platform] ?? platform },
    { id: 'site', heading: said.site, sort: 'site', out: 'site', show: ({ site }) => site },
    { id: 'home', heading: said.home, sort: 'home', out: 'home', show: ({ home }) => of(home) },
    { id: 'points', heading: said.points, kind: 'number', out: 'points', show: ({ points }) => frame.points(points) },
    { id: 'standing', heading: said.standing, out: { key: 'standing', words: said.standings }, show: ({ standing }) => <Chip tone={standing === 'active' ? 'good' : 'warm'}>{said.standings[standing]}</Chip> },
  ]
}

function AllRiders(): ReactNode {
  const said = useWords(riderWords)
  const tell = useTell()
  const table = useTable(ridersDoor, { descending: true })
  const mayPrint = HEADS.includes(useWho().role)
  const shown = table.answer?.rows ?? []
  return (
    <>
      <PageHead title={said.title}>{mayPrint && shown.length > 0 && <PrintPasses riders={shown.map(({ id }) => id)} label={said.printPage} />}</PageHead>
      <TableOf
        door={ridersDoor} table={table} label={said.title} searchLabel={said.search} rowKey={({ id }) => id}
        filters={[{ id: 'standing', label: said.standing, choices: RIDER_STANDINGS.map((value) => ({ value, label: said.standings[value] })) }]}
        columns={columnsOf(said, tell)}
      />
    </>
  )
}

export const ridersPage: OfficePage = { path: 'riders', title: riderWords, group: 'people', door: 'riders', roles: STAFF, Show: RidersPage }
