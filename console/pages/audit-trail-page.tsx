// Every act of the office, the newest first.

import type { ReactNode } from 'react'
import { type ActedValues, type ActRow, auditTrailDoor, OFFICE_ACTS } from '../../contract/console/audit-trail.ts'
import { hrefOf } from '../app/route.ts'
import { PageHead } from '../parts/said.tsx'
import { type Column, TableOf } from '../parts/table.tsx'
import { useTable } from '../parts/use-table.ts'
import { auditWords } from '../text/account-words.ts'
import { useWords } from '../text/language.tsx'
import { type Tell, type TextOf, useTell } from '../text/tell.ts'
import { DISTRICT_READING, type OfficePage } from './office-page.ts'

const PAGES_OF_ROWS: Readonly<Record<string, string>> = { rider: 'riders', station: 'stations' }

function columnsOf(said: TextOf<typeof auditWords>, { frame, time }: Tell): Column<ActRow>[] {
  return [
    { id: 'when', heading: said.when, kind: 'time', sort: 'at', out: 'atMs', show: ({ atMs }) => time(atMs) },
    { id: 'who', heading: said.who, out: 'name', show: ({ name, role }) => (name === null || role === null ? said.operator : `${name}（${frame.role[role]}）`) },
    { id: 'act', heading: said.act, out: { key: 'act', words: said.acts }, show: ({ act }) => said.acts[act] },
    { id: 'on', heading: said.on, out: 'row', show: ({ kind, row }) => <RowLink kind={kind} row={row} /> },
    { id: 'before', heading: said.before, out: 'before', show: ({ before }) => <Values values={before} /> },
    { id: 'after', heading: said.after, out: 'after', show: ({ after }) => <Values values={after} /> },
  ]
}

function AuditTrailPage(): ReactNode {
  const said = useWords(auditWords)
  const tell = useTell()
  const table = useTable(auditTrailDoor, { descending: true })
  return (
    <>
      <PageHead title={said.title} />
      <p className="lead">{said.lead}</p>
      <TableOf
        door={auditTrailDoor} table={table} label={said.title} searchLabel={said.search} rowKey={({ id }) => id}
        filters={[{ id: 'act', label: said.act, choices: OFFICE_ACTS.map((value) => ({ value, label: said.acts[value] })) }]}
        columns={columnsOf(said, tell)}
      />
    </>
  )
}

function RowLink({ kind, row }: { kind: string; row: string }): ReactNode {
  const page = PAGES_OF_ROWS[kind]
  const shown = (
    <code>
      {kind} {row.length > 20 ? `${row.slice(0, 8)}…` : row}
    </code>
  )
  return page === undefined ? shown : <a href={hrefOf(page, row)}>{shown}</a>
}

function Values({ values }: { values: ActedValues }): ReactNode {
  const entries = Object.entries(values)
  if (entries.length === 0) return null
  return <code className="values">{entries.map(([name, value]) => `${name}=${String(value)}`).join(' ')}</code>
}

export const auditTrailPage: OfficePage = { path: 'audit-trail', title: auditWords, group: 'office', door: 'audit-trail', roles: DISTRICT_READING, Show: AuditTrailPage }
