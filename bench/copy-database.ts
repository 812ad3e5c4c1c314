// Each round of a measurement begins with the same database: a copy that PostgreSQL makes of its files.

import pg from 'pg'

/** A database with everything that is in that one; nobody may be connected to it. */
export async function copyDatabase(url: string): Promise<string> {
  const copy = new URL(url)
  const original = copy.pathname.slice(1)
  const name = `${original}_${process.hrtime.bigint()}`.slice(-60)
  copy.pathname = '/postgres'
  const client = new pg.Client(copy.href)
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE ${client.escapeIdentifier(original)}`)
  } finally {
    await client.end()
  }
  copy.pathname = `/${name}`
  return copy.href
}
