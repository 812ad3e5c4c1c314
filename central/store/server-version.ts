// Which PostgreSQL central runs on: 15 or newer. An older one is refused before anything is written in it.

import { onlyRow, type Queryable } from './database.ts'

const OLDEST_MAJOR = 15

export class ServerTooOldError extends Error {
  override name = 'ServerTooOldError'
}

/** `number`: as the server says it in `server_version_num`. */
export function refuseOldServer(number: number): void {
  if (number >= OLDEST_MAJOR * 10_000) return
  throw new ServerTooOldError(`the database server is PostgreSQL ${versionOf(number)}; central needs PostgreSQL ${OLDEST_MAJOR} or newer`)
}

export async function checkServer(queryable: Queryable): Promise<void> {
  refuseOldServer(onlyRow(await queryable.query<{ number: number }>("SELECT current_setting('server_version_num')::integer AS number")).number)
}

/** Until 9.6 the major version had two parts. */
function versionOf(number: number): string {
  const [major, minor] = [Math.floor(number / 10_000), number % 10_000]
  return major >= 10 ? `${major}.${minor}` : `${major}.${Math.floor(minor / 100)}.${minor % 100}`
}
