// Talks at which needs are gathered, the answer to each, and the wishes that came of them.

import { keptSql } from '../table-rights.ts'
import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 25,
  name: 'meetings',
  sql: `
CREATE TABLE meetings (
  meeting_id uuid PRIMARY KEY,
  district_id uuid NOT NULL REFERENCES districts,
  kind text NOT NULL CHECK (kind IN ('talk', 'listening_point', 'secretary_tea')),
  title text NOT NULL,
  held_day integer NOT NULL,
  station_id uuid REFERENCES stations,
  notes text NOT NULL,
  answer text,
  answered_at_ms bigint,
  made_at_ms bigint NOT NULL,
  CHECK ((answer IS NULL) = (answered_at_ms IS NULL))
);
CREATE INDEX meetings_by_day ON meetings (district_id, held_day, meeting_id);

CREATE TABLE meeting_wishes (
  wish_id uuid PRIMARY KEY REFERENCES wishes,
  meeting_id uuid NOT NULL REFERENCES meetings,
  district_id uuid NOT NULL
);
CREATE INDEX wishes_of_meeting ON meeting_wishes (meeting_id);
${keptSql('meetings', 'meeting_wishes')}

CREATE INDEX wishes_by_change ON wishes (district_id, changed_at_ms, wish_id);
`,
}
