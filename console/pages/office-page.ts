// What a page of the office is. A page is one file that exports such a value, and one line in `page-list.ts`; its doors are in
// contract/console and central/console/pages. Which roles see it is a copy of central's table that a test compares.

import type { ReactNode } from 'react'
import type { ConsoleDoorName } from '../../contract/console/console-doors.ts'
import type { OfficeRole } from '../../contract/console/console-door.ts'
import type { Words } from '../text/language.tsx'

export interface OfficePage {
  /** The first part of its address. */
  path: string
  title: Words<{ title: string }>
  group: 'today' | 'people' | 'goods' | 'office'
  /** The door without which there is nothing to see; its roles are the page's. */
  door: ConsoleDoorName
  roles: readonly OfficeRole[]
  /** `rest`: what follows in its address. */
  Show: (props: { rest: readonly string[] }) => ReactNode
}

export const EVERYBODY: readonly OfficeRole[] = ['district_staff', 'station_head', 'volunteer', 'partner', 'read_only']
export const STAFF: readonly OfficeRole[] = ['district_staff', 'station_head', 'volunteer', 'read_only']
export const HEADS: readonly OfficeRole[] = ['district_staff', 'station_head']
export const HELPERS: readonly OfficeRole[] = ['district_staff', 'station_head', 'volunteer']
export const PARTNERS: readonly OfficeRole[] = ['partner']
export const DISTRICT_READING: readonly OfficeRole[] = ['district_staff', 'read_only']
