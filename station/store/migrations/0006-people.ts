// What is agreed to by whoever registers here, as central last told it.

export const number = 6
export const name = 'people'

export const sql = `
CREATE TABLE consent (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  text_zh TEXT NOT NULL,
  text_en TEXT NOT NULL
) STRICT;
`
