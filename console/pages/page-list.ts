// Every page of the office, in the order of the menu; the first that one may see is where one begins.

import { accountsPage } from './accounts-page.tsx'
import { auditTrailPage } from './audit-trail-page.tsx'
import type { OfficePage } from './office-page.ts'
import { overviewPage } from './overview-page.tsx'
import { ridersPage } from './riders-page.tsx'
import { sessionsPage } from './sessions-page.tsx'
import { stationsPage } from './stations-page.tsx'

export const PAGES: readonly OfficePage[] = [overviewPage, stationsPage, ridersPage, accountsPage, sessionsPage, auditTrailPage]
