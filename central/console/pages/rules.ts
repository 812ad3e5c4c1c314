// Rules and what services earn: changed one at a time, against what the page had seen, and told to every station of the district.

import { changeRuleDoor, changeServiceDoor, type LargestStation, RULE_NAMES, RULE_RANGES, rulesDoor, type ServiceRow } from '../../../contract/console/rules.ts'
import { appendChanges, DISTRICT_SCOPE } from '../../store/changes.ts'
import type { Queryable } from '../../store/database.ts'
import { acts, answered, reads, refuse, type ServedDoor } from '../office-moment.ts'

async function readValues(sql: Queryable, district: string): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ name: string; value: number }>('SELECT name, value FROM rules WHERE district_id = $1', [district])
  return new Map(rows.map(({ name, value }) => [name, value]))
}

async function readLargest(sql: Queryable, district: string): Promise<LargestStation | null> {
  const [largest] = await sql.query<LargestStation>(
    `SELECT stations.name AS station, coalesce(home.riders, 0)::bigint AS "homeRiders",
       (SELECT coalesce(max(points), 0)::bigint
        FROM (SELECT sum(balance) AS points FROM accounts WHERE district_id = $1 AND rider_id IS NOT NULL GROUP BY rider_id) AS each_rider) AS "mostPoints"
     FROM stations LEFT JOIN (SELECT home_station_id AS station_id, count(*) AS riders FROM riders WHERE district_id = $1 GROUP BY home_station_id) AS home USING (station_id)
     WHERE stations.district_id = $1 AND status = 'active' ORDER BY coalesce(home.riders, 0) DESC, stations.number LIMIT 1`,
    [district],
  )
  return largest ?? null
}

export const RULE_DOORS: readonly ServedDoor[] = [
  reads(rulesDoor, async ({ sql, who }) => {
    const values = await readValues(sql, who.district)
    const services = await sql.query<ServiceRow>(
      `SELECT service_id AS id, name, points, per, cap_per_activity AS "capPerActivity" FROM services WHERE district_id = $1 ORDER BY per, points DESC, service_id`,
      [who.district],
    )
    return answered({ rules: RULE_NAMES.map((name) => ({ name, value: values.get(name) ?? RULE_RANGES[name][2] })), services, largest: await readLargest(sql, who.district) })
  }),

  acts(changeRuleDoor, async ({ sql, who, note }, { name, before, value }) => {
    const [min, max, otherwise] = RULE_RANGES[name]
    if (value < min || value > max) return refuse('bad_request')
    // The district's rules are changed one after the other.
    await sql.query('SELECT 1 FROM districts WHERE district_id = $1 FOR UPDATE', [who.district])
    const now = (await readValues(sql, who.district)).get(name) ?? otherwise
    if (now === value) return answered({})
    if (now !== before) return refuse('changed_meanwhile')
    await sql.query('INSERT INTO rules (district_id, name, value) VALUES ($1, $2, $3) ON CONFLICT (district_id, name) DO UPDATE SET value = excluded.value', [who.district, name, value])
    await note({ act: 'rule_changed', kind: 'rule', row: name, before: { value: now }, after: { value } })
    await appendChanges(sql, [{ district: who.district, scope: DISTRICT_SCOPE, kind: 'rules', key: 'rules' }])
    return answered({})
  }),

  acts(changeServiceDoor, async ({ sql, who, note }, { service, before, points, capPerActivity }) => {
    const [now] = await sql.query<{ points: number; capPerActivity: number | null }>(
      `SELECT points, cap_per_activity AS "capPerActivity" FROM services WHERE district_id = $1 AND service_id = $2 FOR UPDATE`,
      [who.district, service],
    )
    if (now === undefined) return refuse('unknown_service')
    if (now.points === points && now.capPerActivity === capPerActivity) return answered({})
    if (now.points !== before.points || now.capPerActivity !== before.capPerActivity) return refuse('changed_meanwhile')
    await sql.query('UPDATE services SET points = $3, cap_per_activity = $4 WHERE district_id = $1 AND service_id = $2', [who.district, service, points, capPerActivity])
    await note({ act: 'service_changed', kind: 'service', row: service, before: now, after: { points, capPerActivity } })
    return answered({})
  }),
]
