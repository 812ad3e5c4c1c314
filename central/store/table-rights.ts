// What the running program may do with each table. It runs as `boai_program`, which owns nothing: facts can be added and
// never changed, whatever statement slips in (invariant 3); the triggers hold even against the owner. A new table gets
// all four rights by default (migration 0006) and must be listed here; an append-only one says `appendOnlySql` in its migration.

export const PROGRAM_ROLE = 'boai_program'

export type Right = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'

export interface TableRights {
  rights: readonly Right[]
  /** Columns that alone may be updated, where not all may. */
  updateOnly?: readonly string[]
}

const FACTS: TableRights = { rights: ['SELECT', 'INSERT'] }
/** Rows that others refer to for ever: they change, they do not go. */
const KEPT: TableRights = { rights: ['SELECT', 'INSERT', 'UPDATE'] }
export const ROWS: TableRights = { rights: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] }

/** Every table, decided. A test compares this with the database. */
export const TABLE_RIGHTS: Readonly<Record<string, TableRights>> = {
  migrations: { rights: ['SELECT'] },
  centrals: KEPT,
  districts: KEPT,
  stations: KEPT,
  riders: ROWS,
  staff: ROWS,
  cards: KEPT,
  pass_keys: KEPT,
  donors: ROWS,
  items: ROWS,
  barcodes: ROWS,
  services: ROWS,
  rules: ROWS,
  incarnations: KEPT,
  events: { rights: ['SELECT', 'INSERT'], updateOnly: ['outcome', 'code'] },
  batches: FACTS,
  quarantined_events: FACTS,
  accounts: KEPT,
  transfers: FACTS,
  entries: FACTS,
  grants: KEPT,
  redemptions: FACTS,
  stock_mirror: ROWS,
  lots_mirror: ROWS,
  station_riders: ROWS,
  change_counters: KEPT,
  changes: ROWS,
  entry_changes: { rights: ['SELECT', 'INSERT'] },
  undone_redemptions: FACTS,
  earnings: FACTS,
  recalls: ROWS,
  snapshots: ROWS,
  snapshot_parts: ROWS,
  earning_slices: KEPT,
  standing_renewals: KEPT,
  recovery_waits: ROWS,
  enrolment_codes: ROWS,
  operator_acts: FACTS,
  write_offs: FACTS,
  remedies: FACTS,
  backups: ROWS,
  backup_marks: ROWS,
  wishes: KEPT,
  wish_versions: KEPT,
  claims: KEPT,
  claim_members: KEPT,
  wish_history: { rights: ['SELECT', 'INSERT'], updateOnly: ['words'] },
  claim_news: KEPT,
  wall_places: ROWS,
  meetings: KEPT,
  meeting_wishes: KEPT,
  partners: KEPT,
  office_accounts: KEPT,
  office_invitations: ROWS,
  office_sessions: ROWS,
  office_tries: ROWS,
  office_acts: FACTS,
  office_passkeys: ROWS,
  office_challenges: ROWS,
  corrections: { rights: ['SELECT', 'INSERT'], updateOnly: ['state', 'decided_by', 'decided_at_ms', 'note'] },
  acknowledgements: FACTS,
  sealing_key: KEPT,
  person_keys: ROWS,
  words: KEPT,
  erased_persons: FACTS,
  consent_texts: FACTS,
  same_phones: KEPT,
  hand_offs: ROWS,
  trainings: KEPT,
  training_seats: KEPT,
  seat_blocks: KEPT,
  signups: KEPT,
  training_acts: FACTS,
  attendances: FACTS,
  certificates: ROWS,
  service_records: FACTS,
  photos: ROWS,
  photo_uploads: ROWS,
  photo_parts: ROWS,
  limit_looks: KEPT,
  limit_looks_again: ROWS,
}

/** Tables of facts: nothing in them is changed or deleted by anybody. `events` is one too, but for the outcome: of a parked event, and of a redemption beyond a limit. */
export const APPEND_ONLY: readonly string[] = Object.entries(TABLE_RIGHTS)
  .filter(([, rights]) => rights === FACTS)
  .map(([table]) => table)

/** For the migration that makes a table of facts: nobody rewrites it, the program has not even the right to try. */
export function appendOnlySql(table: string): string {
  return `CREATE TRIGGER ${table}_are_facts BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
REVOKE ALL ON ${table} FROM ${PROGRAM_ROLE};
GRANT SELECT, INSERT ON ${table} TO ${PROGRAM_ROLE};
`
}

/** For the migration that makes tables whose rows change but do not go (`KEPT` above). */
export function keptSql(...tables: readonly string[]): string {
  return `REVOKE DELETE ON ${tables.join(', ')} FROM ${PROGRAM_ROLE};
`
}
