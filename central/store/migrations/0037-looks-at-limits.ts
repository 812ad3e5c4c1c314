// How far central has looked, in each life of a station's file, whether riders took more than a limit allows (central/limits). By
// sequence: a life's events are booked in its order, so nothing comes below what was looked at, whatever any clock says. But for one
// that could not be read at first and is booked later: whoever does that, a trigger notes that it is to be looked at. Uploads only add
// events, so it costs them nothing. What was booked before this step is left as it is: the limits may have been others.

import { keptSql } from '../table-rights.ts'
import type { Migration } from './migration.ts'

export const migration: Migration = {
  number: 37,
  name: 'looks-at-limits',
  sql: `
CREATE TABLE limit_looks (
  district_id uuid NOT NULL,
  station_id uuid NOT NULL,
  incarnation uuid NOT NULL,
  looked_seq bigint NOT NULL CHECK (looked_seq >= 0),
  PRIMARY KEY (station_id, incarnation),
  FOREIGN KEY (station_id, incarnation) REFERENCES incarnations
);
CREATE TABLE limit_looks_again (
  district_id uuid NOT NULL,
  station_id uuid NOT NULL,
  incarnation uuid NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (station_id, incarnation, seq),
  FOREIGN KEY (station_id, incarnation) REFERENCES incarnations
);
INSERT INTO limit_looks (district_id, station_id, incarnation, looked_seq) SELECT district_id, station_id, incarnation, last_seq FROM incarnations;
${keptSql('limit_looks')}
CREATE FUNCTION look_at_limits_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO limit_looks_again (district_id, station_id, incarnation, seq) VALUES (NEW.district_id, NEW.station_id, NEW.incarnation, NEW.seq) ON CONFLICT DO NOTHING;
  RETURN NULL;
END
$$;
CREATE TRIGGER events_read_later AFTER UPDATE OF outcome ON events FOR EACH ROW
  WHEN (OLD.outcome = 'parked' AND NEW.outcome <> 'parked' AND NEW.kind = 'redemption.recorded') EXECUTE FUNCTION look_at_limits_again();
`,
}
