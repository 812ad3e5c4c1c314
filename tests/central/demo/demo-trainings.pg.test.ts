// The demo's trainings: sized by the real programmes' figures, every state of a sign-up and of a training is there, and the books are
// as they were.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditBooks } from '../../../central/audit/audit-books.ts'
import { DEMO_TRAININGS, demoTrainingId, seedDemoTrainings } from '../../../central/demo/demo-trainings.ts'
import { startDatabases, type TestDatabases } from '../../support/central-databases.ts'
import { demoRider, NOW_MS, startTestCentral, type TestCentral } from '../../support/test-central.ts'

let databases: TestDatabases
let central: TestCentral

beforeAll(async () => {
  databases = await startDatabases('pglite')
  central = await startTestCentral(databases)
  await seedDemoTrainings(central.database, NOW_MS)
  await seedDemoTrainings(central.database, NOW_MS)
}, 120_000)

afterAll(async () => {
  await central.app.close()
  await databases.stop()
}, 60_000)

test('five trainings are over with a hundred and forty person-times, and those to come are of every kind', async () => {
  const [counts] = await central.database.query(
    `SELECT (SELECT count(*)::int FROM trainings) AS trainings, (SELECT count(*)::int FROM trainings WHERE ends_at_ms < $1) AS over,
       (SELECT count(*)::int FROM attendances) AS attended, (SELECT count(*)::int FROM trainings WHERE state = 'cancelled') AS cancelled`, [NOW_MS],
  )
  expect(counts).toEqual({ trainings: DEMO_TRAININGS.length, over: 5, attended: 140, cancelled: 1 })
  const standings = await central.database.query<{ standing: string }>('SELECT DISTINCT standing FROM signups ORDER BY standing')
  expect(standings.map(({ standing }) => standing)).toEqual(['attended', 'cancelled', 'offered', 'seated', 'waiting'])
  expect((await auditBooks(central.database)).differences).toEqual([])
})

test('riders of the demo stand as their screens are to show: offered, waiting, seated in what is cancelled, with a certificate that ends soon', async () => {
  const standing = async (training: string, handle: string): Promise<unknown> =>
    (await central.database.query('SELECT standing FROM signups WHERE training_id = $1 AND rider_id = $2', [demoTrainingId(training), demoRider(handle)]))[0]
  expect(await Promise.all([standing('food', 'guli'), standing('psychology', 'ouyang'), standing('road-snow', 'zhang'), standing('cpr-old', 'zhang')])).toEqual([
    { standing: 'offered' }, { standing: 'waiting' }, { standing: 'seated' }, { standing: 'attended' },
  ])
  const ends = await central.database.query<{ days: number }>(`SELECT expires_day - $2 AS days FROM certificates WHERE rider_id = $1 AND topic = 'cpr'`, [
    demoRider('zhang'), Math.floor((NOW_MS + 480 * 60_000) / 86_400_000),
  ])
  expect(ends.map(({ days }) => days > 0 && days <= 60)).toEqual([true])
})
