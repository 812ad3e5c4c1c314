// Every page of the office, in the order of the menu; the first that one may see is where one begins.

import { accountsPage } from './accounts-page.tsx'
import { attendancePage } from './attendance-page.tsx'
import { auditTrailPage } from './audit-trail-page.tsx'
import { certificatesPage } from './certificates-page.tsx'
import { correctionsPage } from './corrections-page.tsx'
import { exceptionsPage } from './exceptions-page.tsx'
import { itemsPage, stockPage } from './goods-pages.tsx'
import { partnersPage } from './partners-page.tsx'
import { meetingsPage } from './meetings-page.tsx'
import { myClaimsPage } from './my-claims-page.tsx'
import type { OfficePage } from './office-page.ts'
import { overviewPage } from './overview-page.tsx'
import { partnerWallPage } from './partner-wall-page.tsx'
import { ridersPage } from './riders-page.tsx'
import { rulesPage } from './rules-page.tsx'
import { sessionsPage } from './sessions-page.tsx'
import { stationsPage } from './stations-page.tsx'
import { trainingsPage } from './trainings-page.tsx'
import { wishQueuePage } from './wish-queue-page.tsx'
import { wishesPage } from './wishes-page.tsx'

export const PAGES: readonly OfficePage[] = [
  overviewPage, wishQueuePage, partnerWallPage, myClaimsPage, attendancePage, stationsPage, exceptionsPage, ridersPage, trainingsPage, certificatesPage, wishesPage, meetingsPage, partnersPage, stockPage, itemsPage, rulesPage, correctionsPage,
  accountsPage, sessionsPage, auditTrailPage,
]
