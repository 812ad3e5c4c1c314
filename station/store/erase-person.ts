// Central says that a rider was erased: what this file mirrors of him goes, and what he typed here and central has not taken. The
// facts that were recorded stay: they hold a reference that leads to nobody.

import type { Writer } from './database.ts'

export function erasePerson(writer: Writer, rider: string): void {
  writer.run('DELETE FROM sealed_words WHERE rider = ?', rider)
  writer.run('DELETE FROM riders WHERE id = ?', rider)
  writer.run('DELETE FROM entry_lines WHERE entry IN (SELECT id FROM entries WHERE rider = ? AND seq IS NULL)', rider)
  writer.run('DELETE FROM entries WHERE rider = ? AND seq IS NULL', rider)
  writer.run('DELETE FROM own_wishes WHERE rider = ?', rider)
  writer.run('DELETE FROM wish_facts WHERE rider = ?', rider)
  writer.run('DELETE FROM signups WHERE rider = ?', rider)
  writer.run('DELETE FROM signup_acts WHERE rider = ?', rider)
  writer.run('DELETE FROM certificates WHERE rider = ?', rider)
  writer.run('DELETE FROM checkins WHERE rider = ?', rider)
  writer.run('DELETE FROM allowance_requests WHERE rider = ?', rider)
}
